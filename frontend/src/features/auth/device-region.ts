interface WeekInfo {
  firstDay: number
}

/**
 * The zone, the language and the first day of the week that this device is set to. A device that names none that anyone
 * knows, as browsers do with `en-US@posix` and `Etc/Unknown`, gets what the browser itself writes dates in, and UTC.
 */
export function deviceRegion(): { timeZone: string; locale: string; weekStart: number } {
  const own = Intl.DateTimeFormat().resolvedOptions()
  const locale = navigator.languages.find(isLocale) ?? own.locale
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
  const weekStart = (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1
  return { timeZone: isTimeZone(own.timeZone) ? own.timeZone : 'UTC', locale, weekStart }
}

const isLocale = (tag: string): boolean => isTaken(() => Intl.getCanonicalLocales(tag))

const isTimeZone = (timeZone: string): boolean => isTaken(() => Intl.DateTimeFormat(undefined, { timeZone }))

/** `Intl` says no by a RangeError only. */
function isTaken(use: () => unknown): boolean {
  try {
    use()
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
