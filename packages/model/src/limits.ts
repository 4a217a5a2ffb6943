/** How much a task may have: apart from task.ts, whose schemas bring zod, which the web app does not load. */
export const LIMITS = {
  titleLength: 500,
  notesLength: 50_000,
  tagLength: 50,
  tags: 30,
  reminders: 10,
  subtasks: 200,
  exceptions: 1_000,
  additions: 1_000,
  batch: 500,
  quickAddLength: 1_000,
} as const
