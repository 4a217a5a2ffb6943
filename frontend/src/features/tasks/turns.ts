/** Lets changes to the server one after the other, where they have a task in common; others do not wait. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  take<T>(taskIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = new Set(taskIds.flatMap((id) => this.#last.get(id) ?? []))
    const turn = before.size === 0 ? work() : Promise.allSettled(before).then(work)
    for (const id of taskIds) this.#last.set(id, turn)
    const end = () => {
      for (const id of taskIds) if (this.#last.get(id) === turn) this.#last.delete(id)
    }
    turn.then(end, end)
    return turn
  }
}
