import type { TodoEvent } from '@todo/model/events'
import { lineOfChange } from './history/history-line.ts'
import type { ChangeEvent } from './history/history-line.ts'
import type { LineRecorder } from './history/line-recorder.ts'

/** Keeps who changed what of a task or a list. In any order: the version sorts the lines when they are read. */
export async function onChange(recorder: LineRecorder, event: TodoEvent<ChangeEvent>): Promise<void> {
  await recorder.record(lineOfChange(event))
}
