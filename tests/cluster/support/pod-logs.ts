import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { kubectlJson } from './commands.ts'
import type { Pod } from './release.ts'

/** A pod lives longer, and to look takes a third of a second of a small machine's processor. */
const LOOK_MS = 10_000
/** As pino counts: what is no warning is of no interest. */
const FAILURES = new Set(['warn', 'error', 'fatal'])

interface Part {
  namespace: string
  component: string
}

/** What the pods of one part complain about, those too that are gone: their own logs go with them. */
export class PodLogs {
  readonly failures: string[] = []
  readonly #part: Part
  readonly #following = new Map<string, ChildProcess>()
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>

  constructor(part: Part) {
    this.#part = part
    this.#running = this.#run()
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    for (const child of this.#following.values()) child.kill()
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      // The one who answers may be away during a fault: asked again.
      const pods = await this.#pods().catch(() => [])
      for (const run of pods) if (!this.#following.has(run.key)) this.#following.set(run.key, this.#follow(run.pod))
      await delay(LOOK_MS, null, { signal: this.#stopping.signal }).catch(() => null)
    }
  }

  /** Each run of the container by itself: a log ends with it. */
  async #pods(): Promise<{ pod: string; key: string }[]> {
    const { namespace, component } = this.#part
    const selector = `app.kubernetes.io/component=${component}`
    const { items } = await kubectlJson<{ items: Pod[] }>('get', 'pods', '-n', namespace, '-l', selector)
    return items.flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? [])
        .filter(({ name, started }) => name === component && started)
        .map(({ restartCount }) => ({ pod: metadata.name, key: `${metadata.name} ${restartCount}` })),
    )
  }

  #follow(pod: string): ChildProcess {
    const { namespace, component } = this.#part
    const args = ['logs', '-n', namespace, pod, '-c', component, '--follow']
    const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'ignore'] })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (isFailure(line)) this.failures.push(`${pod}: ${line}`)
    })
    return child
  }
}

function isFailure(line: string): boolean {
  try {
    return FAILURES.has((JSON.parse(line) as { level: string }).level)
  } catch {
    // No line of our log: what Node says when it ends.
    return true
  }
}
