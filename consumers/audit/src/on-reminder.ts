import type { TodoEvent } from '@todo/model/events'
import { lineOfReminder } from './history/history-line.ts'
import type { ReminderEvent } from './history/history-line.ts'
import type { LineRecorder } from './history/line-recorder.ts'

/** Keeps what became of a task's reminder. */
export async function onReminder(recorder: LineRecorder, event: TodoEvent<ReminderEvent>): Promise<void> {
  await recorder.record(lineOfReminder(event))
}
