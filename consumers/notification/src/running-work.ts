/** What runs right now, so that a stop can wait for it: a message that is half sent should be written down as sent. */
export class RunningWork {
  readonly #running = new Set<Promise<void>>()
  #isStopping = false

  /** @throws while stopping: the bus or the scheduler brings it again */
  async run(work: () => Promise<void>): Promise<void> {
    if (this.#isStopping) throw new Error('the service is stopping')
    const running = work().finally(() => this.#running.delete(running))
    this.#running.add(running)
    return running
  }

  /** What goes on without its handler, and sees to its own failures. */
  keep(work: Promise<void>): void {
    const running = work.catch(() => undefined).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.allSettled(this.#running)
  }
}
