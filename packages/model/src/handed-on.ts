/** The fields that the next occurrence of a recurring task takes over from the one before it. */
export const HANDED_ON = ['title', 'notes', 'priority', 'tags', 'reminders', 'subtasks'] as const
