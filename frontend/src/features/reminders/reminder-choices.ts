/** Minutes before the due time that are offered for a click. */
export const REMINDER_CHOICES = [0, 5, 15, 30, 60, 1440] as const
/** Minutes after which one that goes on until the task is done comes again. */
export const REPEAT_CHOICES = [10, 30, 60, 1440] as const
