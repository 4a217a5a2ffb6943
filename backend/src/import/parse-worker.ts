import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '@todo/platform/errors'
import { parseCalendar } from './parse-calendar.ts'
import type { ImportOptions } from './parse-calendar.ts'
import type { ParseAnswer } from './parse-in-worker.ts'

/** The thread's side: one calendar in, one answer out. */
function answerOf({ text, options }: { text: string; options: ImportOptions }): ParseAnswer {
  try {
    return { parsed: parseCalendar(text, options) }
  } catch (error) {
    if (error instanceof AppError) return { refusal: { code: error.code, message: error.message } }
    throw error
  }
}

parentPort!.postMessage(answerOf(workerData as Parameters<typeof answerOf>[0]))
