const UNITS = [
  { name: 'day', short: 'day', minutes: 1440 },
  { name: 'hour', short: 'h', minutes: 60 },
  { name: 'minute', short: 'min', minutes: 1 },
] as const

/** `15 min before`, `1 day before`, `at the due time`. */
export function describeMinutesBefore(minutes: number): string {
  return minutes === 0 ? 'At the due time' : `${describeSpan(minutes)} before`
}

/** How often one that goes on until the task is done comes: `every 10 min until done`, `every day until done`. */
export function describeRepeat(minutes: number): string {
  return `every ${describeSpan(minutes).replace(/^1 (?=day)/u, '')} until done`
}

/** `1 h before, every 10 min until done`. */
export function withRepeat(time: string, { repeatMinutes }: { repeatMinutes?: number | undefined }): string {
  return repeatMinutes === undefined ? time : `${time}, ${describeRepeat(repeatMinutes)}`
}

function describeSpan(minutes: number): string {
  const unit = UNITS.find((candidate) => minutes % candidate.minutes === 0) ?? UNITS[2]
  const count = minutes / unit.minutes
  return `${count} ${unit.short === 'day' && count !== 1 ? 'days' : unit.short}`
}
