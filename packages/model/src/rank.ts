/**
 * Whether another rank can be found before and after this one. The head letter of a rank tells how many digits its
 * integer part has, and its fraction does not end in 0 (npm fractional-indexing, base 62).
 */
export function isRank(text: string): boolean {
  if (!/^[A-Za-z][0-9A-Za-z]+$/.test(text) || text === SMALLEST) return false
  const head = text.charCodeAt(0)
  const integerLength = head >= LOWER_A ? head - LOWER_A + 2 : UPPER_Z - head + 2
  return text.length === integerLength || (text.length > integerLength && !text.endsWith('0'))
}

const SMALLEST = `A${'0'.repeat(26)}`
const LOWER_A = 97
const UPPER_Z = 90
