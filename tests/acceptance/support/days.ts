const DAY_MS = 86_400_000

/** The day so many days from today, in UTC: `2026-12-01`. */
export function day(offset: number): string {
  return new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10)
}

/** The instant so many milliseconds from now. */
export function inMs(offset: number): string {
  return new Date(Date.now() + offset).toISOString()
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
