interface WeekInfo {
  firstDay: number
}

/** The zone, the language and the first day of the week that this device is set to. */
export function deviceRegion(): { timeZone: string; locale: string; weekStart: number } {
  const locale = navigator.language
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo }
  const weekStart = (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale, weekStart }
}
