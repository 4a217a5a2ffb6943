/** Minutes before the due time that are offered for a click. */
export const REMINDER_CHOICES = [0, 5, 15, 30, 60, 1440] as const
