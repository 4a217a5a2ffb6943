import type { Runner, WorkerEvents, WorkerPool } from 'graphile-worker'
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '../errors.ts'

/** For the writes that are under way when all else has ended. */
const LAST_WRITES_MS = 2_000

/**
 * When runners end. The library (0.18) counts those of its writes that are under way, and counts too far down where two
 * fail at the same moment, as they do when the database cuts its connections: its end waits for a zero that has gone
 * by. All that runs has ended by then, and it fetches nothing more, so a little later that is taken for the end.
 */
export class RunnerEnds {
  readonly #ofPool = new WeakMap<WorkerPool, PromiseWithResolvers<void>>()
  #newest = Promise.withResolvers<void>()

  constructor(events: WorkerEvents) {
    events.on('pool:create', ({ workerPool }) => {
      this.#newest = Promise.withResolvers<void>()
      this.#ofPool.set(workerPool, this.#newest)
    })
    const onIdle = ({ workerPool }: { workerPool: WorkerPool }) => this.#ofPool.get(workerPool)?.resolve()
    events.on('pool:gracefulShutdown:complete', onIdle)
    events.on('pool:forcefulShutdown:complete', onIdle)
  }

  /** Of the runner that was made last: why it ended. */
  of(runner: Runner): Promise<string> {
    const isIdle = this.#newest.promise
    const neverEnding = async () => {
      await isIdle
      await delay(LAST_WRITES_MS, null, { ref: false })
      return 'its last writes failed'
    }
    return Promise.race([runner.promise.then(() => 'it ended by itself', errorMessage), neverEnding()])
  }
}
