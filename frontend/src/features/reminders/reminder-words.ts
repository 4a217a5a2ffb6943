const UNITS = [
  { name: 'day', short: 'day', minutes: 1440 },
  { name: 'hour', short: 'h', minutes: 60 },
  { name: 'minute', short: 'min', minutes: 1 },
] as const

/** `15 min before`, `1 day before`, `at the due time`. */
export function describeMinutesBefore(minutes: number): string {
  if (minutes === 0) return 'At the due time'
  const unit = UNITS.find((candidate) => minutes % candidate.minutes === 0) ?? UNITS[2]
  const count = minutes / unit.minutes
  const name = unit.short === 'day' && count !== 1 ? 'days' : unit.short
  return `${count} ${name} before`
}
