/**
 * Whether an order can go on before and after this rank, as often as anybody likes. The head letter of a rank tells how
 * many digits its integer part has, and its fraction does not end in 0 (npm fractional-indexing, base 62). Before
 * ranks with the head A the library counts down to the smallest integer, and takes that for none of its own.
 */
export function isRank(text: string): boolean {
  if (!/^[B-Za-z][0-9A-Za-z]+$/.test(text)) return false
  const head = text.charCodeAt(0)
  const integerLength = head >= LOWER_A ? head - LOWER_A + 2 : UPPER_Z - head + 2
  return text.length === integerLength || (text.length > integerLength && !text.endsWith('0'))
}

const LOWER_A = 97
const UPPER_Z = 90

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Says that eight digits follow, enough for 6,900 years of milliseconds; ranks that count from a0 come before it. */
const MOMENT_HEAD = 'h'
const MOMENT_DIGITS = 8

/** The rank of what is put at the end at this moment: after everything that was put there before. */
export function momentRank(atMs: number): string {
  let digits = ''
  for (let rest = atMs; digits.length < MOMENT_DIGITS; rest = Math.floor(rest / DIGITS.length))
    digits = DIGITS[rest % DIGITS.length] + digits
  return MOMENT_HEAD + digits
}
