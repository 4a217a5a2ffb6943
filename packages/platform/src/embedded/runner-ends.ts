import type { Runner, WorkerEvents, WorkerPool } from 'graphile-worker'
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '../errors.ts'

/** For the handlers that run when a runner begins to end: what they do is done once, whoever does it. */
const HANDLERS_MS = 60_000
/** For the writes that are under way when all else has ended. */
const LAST_WRITES_MS = 2_000

interface Ending {
  begun: PromiseWithResolvers<void>
  /** Nothing runs in it any more. */
  isIdle: PromiseWithResolvers<void>
  queue?: object
}

/**
 * When runners end, which those of the library (0.18) do not always come to by themselves when the database cuts their
 * connections. They count the writes that are under way, and too far down once one of them has failed: then they wait
 * for a zero that has gone by. A runner fetches nothing more from the moment on in which it begins to end, so a little
 * after the last handler, or after a time that none should need, it is taken for ended.
 */
export class RunnerEnds {
  readonly #ofPool = new WeakMap<WorkerPool, Ending>()
  #newest = newEnding()

  constructor(events: WorkerEvents) {
    events.on('pool:create', ({ workerPool }) => {
      this.#newest = newEnding()
      this.#ofPool.set(workerPool, this.#newest)
    })
    events.on('localQueue:init', ({ localQueue }) => (this.#newest.queue = localQueue))
    events.on('pool:gracefulShutdown', ({ workerPool }) => {
      const ending = this.#ofPool.get(workerPool)
      if (ending?.queue) letItGiveBack(ending.queue)
      ending?.begun.resolve()
    })
    const onIdle = ({ workerPool }: { workerPool: WorkerPool }) => this.#ofPool.get(workerPool)?.isIdle.resolve()
    events.on('pool:gracefulShutdown:complete', onIdle)
    events.on('pool:forcefulShutdown:complete', onIdle)
    events.on('pool:forcefulShutdown:error', onIdle)
  }

  /** Of the runner that was made last: why it ended. */
  of(runner: Runner): Promise<string> {
    const { begun, isIdle } = this.#newest
    const neverEnding = async () => {
      await begun.promise
      await Promise.race([isIdle.promise, delay(HANDLERS_MS, null, { ref: false })])
      await delay(LAST_WRITES_MS, null, { ref: false })
      return 'it did not come to its end'
    }
    return Promise.race([runner.promise.then(() => 'it ended by itself', errorMessage), neverEnding()])
  }
}

const newEnding = (): Ending => ({ begun: Promise.withResolvers(), isIdle: Promise.withResolvers() })

/**
 * A queue that ends gives back what nobody has begun. Where it has nothing else to do it takes itself for closed, throws,
 * and leaves that write to fail as a rejection that nobody handles: so it gets something to do.
 */
function letItGiveBack(queue: object): void {
  const { background } = queue as { background: (work: Promise<void>) => void }
  background.call(queue, Promise.resolve())
}
