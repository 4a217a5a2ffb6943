/** One alarm per reminder: scheduling it again moves it. */
export function reminderJobName(taskId: string, reminderId: string): string {
  return `reminder.${taskId}.${reminderId}`
}
