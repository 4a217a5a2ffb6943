/** Accents and other signs on the letter before them. */
const MARKS = /[\u0300-\u0362\u20dd-\u20e0\u20e2-\u20e4]/gu

/** What is written as the plain letters that it is composed of: é, ﬁ, №, ．. Not spaces, superscripts, circled ones. */
const COMPOSED =
  /[\p{L}\p{Nl}\p{P}\u2100-\u2139\u2474-\u249b\u2a74\u2a75\u3371-\u33df\ufe50-\uff5e\u{1f100}-\u{1f129}]/u

const PLAIN = /^[!-~α-ωΑ-Ω]+$/u
const FRACTION_BARS = /[\u2044\u2215]/gu

/** Characters that would be decomposed, and stay as they are. */
const KEPT =
  ';ϓϔẛ⁽⁾₍₎℠™㍸㍹㎂㎌㎍㎕㎖㎗㎘㎛㎟㎠㎡㎢㎣㎤㎥㎦㎨㎯㎲㎶㎼㏀㏁꟱︳︴﹍﹎﹏𝚹𝛜𝛝𝛞𝛟𝛠𝛡𝛳𝜖𝜗𝜘𝜙𝜚𝜛𝜭𝝐𝝑𝝒𝝓𝝔𝝕𝝧𝞊𝞋𝞌𝞍𝞎𝞏𝞡𝟄𝟅𝟆𝟇𝟈𝟉'

/** What no decomposition leads to, in small letters: plain text, and the characters that are written so. */
const WRITTEN_AS: readonly (readonly [string, string])[] = [
  ['0', '〇'],
  ['!', '¡'],
  ['(c)', '©⒞'],
  ['<<', '«≪《︽'],
  ['-', '\u00ad˗\u2010\u2011\u2012\u2013\u2014\u2015−︱︲﹘'],
  ['(r)', '®⒭'],
  ['+/-', '±'],
  ['>>', '»≫》︾'],
  [' 1/4', '¼'],
  [' 1/2', '½'],
  [' 3/4', '¾'],
  ['?', '¿'],
  ['ae', 'Ææᴁ'],
  ['d', 'ÐðĐđƉƊƋƌȡɖɗᴅᴆᵭᶁᶑꝱꝹꝺ'],
  ['*', '×⁎'],
  ['o', 'ØøᴏⱺꝊꝋꝌꝍ'],
  ['th', 'ÞþᵺꝤꝥꝦꝧ'],
  ['ss', 'ßẞ'],
  ['/', '÷⁄∕'],
  ['h', 'ĦħɦɧʜⱧⱨꞪ'],
  ['i', 'ıƖƗɨɪᵻᶖ'],
  ['q', 'ĸʠꝖꝗꝘꝙ'],
  ['l', 'ĿŀŁłƚȴȽɫɬɭʟᴌᶅⱠⱡⱢꝆꝇꝈꝉꝲ'],
  ["'n", 'ŉ'],
  ['n', 'ŊŋƝƞȵɲɳɴᵰᶇꝴꞐꞑꞤꞥ'],
  ['oe', 'Œœɶ'],
  ['t', 'ŦŧƫƬƭƮȶȾʈᴛᵵⱦꝷꞆꞇ'],
  ['b', 'ƀƁƂƃɃɓʙᴃᵬᶀ'],
  ['c', 'ƇƈȻȼɕᴄꞒꞓ'],
  ['e', 'ƐɆɇɛᴇᶒᶓⱸ'],
  ['f', 'ƑƒᵮᶂꜰꝻꝼ'],
  ['g', 'ƓǤǥɠɡɢʛᶃꞠꞡ'],
  ['hv', 'ƕ'],
  ['k', 'ƘƙᴋᶄⱩⱪꝀꝁꝂꝃꝄꝅꞢꞣ'],
  ['oi', 'Ƣƣ'],
  ['p', 'Ƥƥᴘᵱᵽᶈ℘ⱣꝐꝑꝒꝓꝔꝕ'],
  ['v', 'ƲʋᴠᶌỼỽⱱⱴꝞꝟ'],
  ['y', 'ƳƴɎɏʏỾỿ'],
  ['z', 'ƵƶȤȥɀʐʑᴢᵶᶎⱫⱬⱿ'],
  ['j', 'ȷɈɉɟʝᴊ'],
  ['db', 'ȸ'],
  ['qp', 'ȹ'],
  ['a', 'Ⱥᴀᶏẚⱥ'],
  ['s', 'ȿʂᵴᶊẜẝⱾꜱꞨꞩ'],
  ['u', 'Ʉʉᴜᵾᶙ'],
  ['r', 'ɌɍɼɽɾʀᵲᵳᶉⱤꝵꝶꞦꞧ'],
  ['m', 'ɱᴍᵯᶆⱮꝳ'],
  ['dz', 'ʣʥ'],
  ['ts', 'ʦ'],
  ['ls', 'ʪ'],
  ['lz', 'ʫ'],
  ["'", 'ʹʻʼʽˈ\u2018\u2019\u201b′'],
  ['"', 'ʺ\u201c\u201d\u201f″〝〞'],
  ['<', '˂‹〈︿'],
  ['>', '˃›〉﹀'],
  ['^', '˄ˆ'],
  ['`', 'ˋ'],
  [':', 'ː'],
  ['+', '˖'],
  ['~', '˜'],
  ['е', 'Ёё'],
  ['w', 'ᴡⱲⱳ'],
  ['ue', 'ᵫ'],
  ['x', 'ᶍ'],
  ['ll', 'Ỻỻ'],
  ['||', '‖∥'],
  [',', '\u201a、︑﹑､'],
  [',,', '\u201e'],
  ['[', '⁅〔〘〚︹﹝'],
  [']', '⁆〕〙〛︺﹞'],
  ['ce', '₠'],
  ['cr', '₢'],
  ['fr.', '₣'],
  ['l.', '₤'],
  ['pts', '₧'],
  ['rs', '₹'],
  ['tl', '₺'],
  ['°c', '℃'],
  ['°f', '℉'],
  ['(p)', '℗⒫'],
  ['rx', '℞'],
  ['fax', '℻'],
  [' 1/7', '⅐'],
  [' 1/9', '⅑'],
  [' 1/10', '⅒'],
  [' 1/3', '⅓'],
  [' 2/3', '⅔'],
  [' 1/5', '⅕'],
  [' 2/5', '⅖'],
  [' 3/5', '⅗'],
  [' 4/5', '⅘'],
  [' 1/6', '⅙'],
  [' 5/6', '⅚'],
  [' 1/8', '⅛'],
  [' 3/8', '⅜'],
  [' 5/8', '⅝'],
  [' 7/8', '⅞'],
  [' 1/', '⅟'],
  [' 0/3', '↉'],
  ['\\', '∖'],
  ['|', '∣'],
  ['(a)', '⒜'],
  ['(b)', '⒝'],
  ['(d)', '⒟'],
  ['(e)', '⒠'],
  ['(f)', '⒡'],
  ['(g)', '⒢'],
  ['(h)', '⒣'],
  ['(i)', '⒤'],
  ['(j)', '⒥'],
  ['(k)', '⒦'],
  ['(l)', '⒧'],
  ['(m)', '⒨'],
  ['(n)', '⒩'],
  ['(o)', '⒪'],
  ['(q)', '⒬'],
  ['(s)', '⒮'],
  ['(t)', '⒯'],
  ['(u)', '⒰'],
  ['(v)', '⒱'],
  ['(w)', '⒲'],
  ['(x)', '⒳'],
  ['(y)', '⒴'],
  ['(z)', '⒵'],
  ['((', '⦅｟'],
  ['))', '⦆｠'],
  ['===', '⩶'],
  ['.', '。︒｡'],
  ['aa', 'Ꜳꜳ'],
  ['ao', 'Ꜵꜵ'],
  ['au', 'Ꜷꜷ'],
  ['av', 'ꜸꜹꜺꜻ'],
  ['ay', 'Ꜽꜽ'],
  ['oo', 'Ꝏꝏ'],
  ['vy', 'Ꝡꝡ'],
  ['<-', '￩'],
  ['->', '￫'],
]

const known = new Map<string, string>([
  ...Array.from(KEPT, (character) => [character, character.toLowerCase()] as const),
  ...WRITTEN_AS.flatMap(([plain, characters]) => Array.from(characters, (character) => [character, plain] as const)),
])

/**
 * A text without accents and letter case, as the database's `plain_text` has it (the rules of PostgreSQL's `unaccent`,
 * then each character in lower case by itself): what titles are sorted by.
 */
export function plainText(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase()
  return Array.from(text, plainCharacter).join('')
}

function plainCharacter(character: string): string {
  const plain = known.get(character) ?? undecorated(character).toLowerCase()
  known.set(character, plain)
  return plain
}

function undecorated(character: string): string {
  if (!COMPOSED.test(character)) return character.replace(MARKS, '')
  const plain = character.normalize('NFKD').replace(MARKS, '').replace(FRACTION_BARS, '/')
  return PLAIN.test(plain) ? plain : character
}

/** Compares by code points, as PostgreSQL's collation "C" does: UTF-16 puts an emoji before ﬁ. */
export function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let index = 0
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index += 1
  if (index === length) return a.length - b.length
  return place(a.charCodeAt(index)) - place(b.charCodeAt(index))
}

/** Half of a character beyond U+FFFF is after all those of one half. */
const place = (unit: number): number => (unit >= 0xd8_00 && unit <= 0xdf_ff ? unit + 0x1_00_00 : unit)
