const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(timeZone, format)
  }
  return format
}

/**
 * What the clock on the wall of a zone shows at an instant: `2026-12-01T09:00:00`. By `Intl`, so that the first load of
 * the web app does not carry Temporal.
 */
export function wallClock(at: Date | number, timeZone: string): string {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}`
}

/** The day in a zone at an instant: `2026-12-01`. */
export const dayIn = (at: Date | number, timeZone: string): string => wallClock(at, timeZone).slice(0, 10)
