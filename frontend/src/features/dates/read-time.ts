import { formatTime } from './describe-date.ts'

/**
 * Reads a time of day as people write it, in the digits and the words of their locale: `17:00`, `5 pm`, `17`, `0930`,
 * `9 h 30`. Answers `17:00`; null for anything else.
 */
export function readTime(text: string, locale: string): string | null {
  const plain = withPlainDigits(text, locale).toLowerCase()
  const half = halfOf(plain, locale)
  const match = /^(\d{1,2})(?:\D{0,3}(\d{2}))?\D{0,3}$/u.exec(half.rest.trim())
  if (!match) return null
  const hour = hourOfDay(Number(match[1]), half.name)
  const minute = Number(match[2] ?? 0)
  if (hour === null || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

type Half = 'am' | 'pm' | null

function hourOfDay(hour: number, half: Half): number | null {
  if (half === null) return hour < 24 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/** The word for the half of the day, taken out of the text. */
function halfOf(text: string, locale: string): { name: Half; rest: string } {
  const [am, pm] = [wordIn('09:00', locale), wordIn('21:00', locale)]
  // The same one in both is of the hour, as in `9 h 30`.
  const own = am === pm ? { am: [], pm: [] } : { am: [am], pm: [pm] }
  const words = { am: [...own.am, 'a.m.', 'am', 'a'], pm: [...own.pm, 'p.m.', 'pm', 'p'] }
  for (const name of ['pm', 'am'] as const) {
    const word = words[name].find((known) => text.includes(known))
    if (word !== undefined) return { name, rest: text.replace(word, '') }
  }
  return { name: null, rest: text }
}

const wordIn = (time: string, locale: string): string =>
  /\p{L}[\p{L}.\s]*/u.exec(formatTime(time, locale))?.[0].trim().toLowerCase() ?? ''

function withPlainDigits(text: string, locale: string): string {
  const digits = Array.from({ length: 10 }, (_, digit) => digit.toLocaleString(locale))
  return text.replace(/\p{Nd}/gu, (digit) => (digits.includes(digit) ? String(digits.indexOf(digit)) : digit))
}
