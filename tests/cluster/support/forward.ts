import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { accepts } from '@todo/platform/testing/accepts'
import { pollUntil } from '@todo/platform/testing/poll-until'

const AGAIN_MS = 250

/** Brings a port of the cluster to this machine, again and again: it ends with the pod that it leads to. */
export class Forward {
  #child: ChildProcess | null = null
  #isOn = true
  readonly #running: Promise<void>

  readonly #args: readonly string[]

  private constructor(args: readonly string[]) {
    this.#args = args
    this.#running = this.#run()
  }

  /** @param target such as `service/todo-postgres`. Resolves when something answers */
  static async to(namespace: string, target: string, port: number, remotePort: number): Promise<Forward> {
    const forward = new Forward(['port-forward', '-n', namespace, target, `${port}:${remotePort}`])
    await pollUntil(() => accepts(port), { timeoutMs: 30_000, intervalMs: 100, what: `${target} answers` })
    return forward
  }

  async stop(): Promise<void> {
    this.#isOn = false
    this.#child?.kill()
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#isOn) {
      this.#child = spawn('kubectl', this.#args, { stdio: 'ignore' })
      await once(this.#child, 'exit')
      if (this.#isOn) await delay(AGAIN_MS)
    }
  }
}
