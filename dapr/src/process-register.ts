import { readFile, rename, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { identify, isRunning } from '@todo/platform/process-identity'

const Entry = z.object({
  name: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  /** What goes first when all is stopped has the lowest. */
  stage: z.int(),
  /** Where it answers. */
  port: z.int().nullable(),
})
type Entry = z.infer<typeof Entry>

const Entries = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue('is no JSON')
      return z.NEVER
    }
  })
  .pipe(z.array(Entry))

const END_MS = 5_000
const ASK_AGAIN_MS = 20

/**
 * What runs, in a file: after a kill -9 of this process, the next one ends what is left. Programs of ours that want to
 * know the process of a name may read it too.
 */
export class ProcessRegister {
  readonly #file: string
  readonly #onFailure: (error: unknown) => void
  readonly #entries = new Map<string, Entry>()
  #writing: Promise<void> = Promise.resolve()

  /** @param onFailure hears why something could not be written down: all runs on, and is not found after a kill -9 */
  constructor(file: string, onFailure: (error: unknown) => void = () => {}) {
    this.#file = file
    this.#onFailure = onFailure
  }

  /** A process that was just started, in place of the one that had its name before. */
  add(name: string, { pid, stage, port = null }: { pid: number; stage: number; port?: number | null }): void {
    this.#writing = this.#writing
      .then(async () => {
        this.#entries.set(name, { name, ...(await identify(pid)), stage, port })
        await this.#write()
      })
      .catch(this.#onFailure)
  }

  /** Everything has ended in order: there is nothing to end at the next start. */
  async clear(): Promise<void> {
    this.#writing = this.#writing.then(() => {
      this.#entries.clear()
      return this.#write()
    })
    await this.#writing
  }

  /**
   * Ends what a killed process of ours left running, in the order in which it would have done so itself. A process id
   * that has gone to another program is let be.
   * @param withinMs how long each may take to end by itself
   * @returns the names of what it ended
   */
  async endLeftovers(withinMs = END_MS): Promise<string[]> {
    const left: Entry[] = []
    for (const entry of await this.#read()) if (await isRunning(entry)) left.push(entry)
    for (const stage of [...new Set(left.map(({ stage }) => stage))].sort((a, b) => a - b)) {
      await Promise.all(left.filter((entry) => entry.stage === stage).map((entry) => endProcess(entry, withinMs)))
    }
    return left.map(({ name }) => name)
  }

  async #read(): Promise<Entry[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '')
    // After a power cut it may be empty; then nothing of what it told runs any more.
    return Entries.safeParse(text).data ?? []
  }

  async #write(): Promise<void> {
    await writeFile(`${this.#file}.new`, JSON.stringify([...this.#entries.values()], null, 2), { mode: 0o600 })
    await rename(`${this.#file}.new`, this.#file)
  }
}

async function endProcess(entry: Entry, withinMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(entry.pid, signal)
      // A stopped one hears SIGTERM only when it goes on.
      process.kill(entry.pid, 'SIGCONT')
    } catch {
      return
    }
    const deadline = Date.now() + withinMs
    while (Date.now() < deadline) {
      if (!(await isRunning(entry))) return
      await delay(ASK_AGAIN_MS)
    }
  }
}
