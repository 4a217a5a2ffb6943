import { civilDate } from './civil-days.ts'

export const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words[0] ?? ''
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`
}

/** `1st`, `22nd`; counted from the end when negative: `last`, `2nd-to-last`. */
export function ordinalWords(position: number): string {
  if (position === -1) return 'last'
  if (position < 0) return `${ordinalWords(-position)}-to-last`
  const teen = position % 100 >= 11 && position % 100 <= 13
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th')
  return `${position}${ending}`
}

/** `31 May 2027`, from a day number. */
export function dateWords(dayNo: number): string {
  const { year, month, day } = civilDate(dayNo)
  return `${day} ${MONTH_NAMES[month - 1]} ${year}`
}
