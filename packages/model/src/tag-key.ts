/**
 * What two spellings of one tag have in common, in any letter case: each letter upper and then lower case by Unicode's
 * simple mappings, which know no context (final sigma) and no language (Turkish i). As `tag_key` in the database.
 */
export function tagKey(tag: string): string {
  let key = ''
  for (const letter of tag) key += lowered(raised(letter))
  return key
}

/** Of several spellings of a tag the first. */
export function uniqueTags(tags: readonly string[]): string[] {
  return [...Map.groupBy(tags, tagKey).values()].map(([first]) => first!)
}

/** A letter that has no single capital, such as ß, stays. */
function raised(letter: string): string {
  const upper = letter.toUpperCase()
  return lengthOf(upper) === 1 ? upper : letter
}

/** İ is i and a dot above by the full mapping, and i by the simple one. */
function lowered(letter: string): string {
  return String.fromCodePoint(letter.toLowerCase().codePointAt(0)!)
}

function lengthOf(text: string): number {
  return Array.from(text).length
}
