import { Worker } from 'node:worker_threads'
import { AppError } from '@todo/platform/errors'
import type { ProblemCode } from '@todo/platform/errors'
import type { ImportOptions, ParsedCalendar } from './parse-calendar.ts'
import { ReadingTurns } from './reading-turns.ts'

/** What the thread answers (parse-worker.ts). */
export type ParseAnswer = { parsed: ParsedCalendar } | { refusal: { code: ProblemCode; message: string } }

export interface ReadingLimits {
  ms: number
  heapMiB: number
}

/** The largest files that may be sent, of 10 MiB with 10,000 series or 500,000 lines, took 2 s and less than 256 MiB. */
const LIMITS: ReadingLimits = { ms: 30_000, heapMiB: 512 }

const turns = new ReadingTurns(2)

/**
 * Reads a calendar in a thread of its own: a file of ten thousand recurring events takes seconds, and nobody else
 * should wait for it.
 * @throws AppError as `parseCalendar` does, for a file that takes too much to read, and when many of a person wait
 */
export function parseInWorker(text: string, options: ImportOptions, limits = LIMITS): Promise<ParsedCalendar> {
  return turns.take(options.userId, async () => {
    const answer = await askWorker({ text, options }, limits)
    if ('parsed' in answer) return answer.parsed
    const { code, message } = answer.refusal
    throw new AppError(code, message, { errors: [{ field: 'body', message }] })
  })
}

async function askWorker(workerData: unknown, { ms, heapMiB }: ReadingLimits): Promise<ParseAnswer> {
  const worker = new Worker(new URL('parse-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<ParseAnswer>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuchWork(error) : error),
      )
      worker.once('exit', (code) => reject(new Error(`the calendar reader ended with ${code}`)))
      timer = setTimeout(() => reject(tooMuchWork()), ms)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function tooMuchWork(cause?: unknown): AppError {
  const message = 'The file takes too much time or memory to read: export fewer lists or a shorter time at once.'
  return new AppError('too-large', message, { cause })
}
