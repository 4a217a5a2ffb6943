interface OpenStream {
  /** Of the request: what it was let in by. */
  cookie: string | undefined
  /** Not cut off: a browser takes it for the end that it is. */
  end: () => unknown
}

/** The live streams that this process passes on, by person: none goes on for a session that has ended. */
export class OpenStreams {
  readonly #byPerson = new Map<string, Set<OpenStream>>()

  /** Answers what takes it out again. */
  add(userId: string, stream: OpenStream): () => void {
    const streams = this.#byPerson.get(userId) ?? new Set()
    this.#byPerson.set(userId, streams.add(stream))
    return () => {
      streams.delete(stream)
      if (streams.size === 0 && this.#byPerson.get(userId) === streams) this.#byPerson.delete(userId)
    }
  }

  /** Ends the streams of these people whose session is not theirs any more. */
  async recheck(userIds: readonly string[], ownerOf: (cookie: string | undefined) => Promise<string | undefined>) {
    const checks = userIds.flatMap((userId) =>
      [...(this.#byPerson.get(userId) ?? [])].map(async ({ cookie, end }) => {
        if ((await ownerOf(cookie)) !== userId) end()
      }),
    )
    await Promise.all(checks)
  }
}
