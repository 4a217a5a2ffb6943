import { Worker } from 'node:worker_threads'
import { AppError } from '@todo/platform/errors'
import type { ProblemCode } from '@todo/platform/errors'
import type { ImportOptions, ParsedCalendar } from './parse-calendar.ts'

/** What the thread answers (parse-worker.ts). */
export type ParseAnswer = { parsed: ParsedCalendar } | { refusal: { code: ProblemCode; message: string } }

/**
 * Reads a calendar in a thread of its own: a file of ten thousand recurring events takes seconds, and nobody else
 * should wait for it.
 * @throws AppError as `parseCalendar` does
 */
export async function parseInWorker(text: string, options: ImportOptions): Promise<ParsedCalendar> {
  const worker = new Worker(new URL('parse-worker.ts', import.meta.url), { workerData: { text, options } })
  const answer = await new Promise<ParseAnswer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the calendar reader ended with ${code}`)))
  })
  if ('parsed' in answer) return answer.parsed
  const { code, message } = answer.refusal
  throw new AppError(code, message, { errors: [{ field: 'body', message }] })
}
