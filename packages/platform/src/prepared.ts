import pg from 'pg'

/** Texts beyond this many stay unnamed, so that a server's memory is bounded whatever filters people combine. */
const MAX_PREPARED = 400

const names = new Map<string, string>()

function preparedName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_PREPARED) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

interface Stream {
  cork: () => void
  uncork: () => void
}

/**
 * A client that costs less per statement: what is sent in one go leaves in one packet, such as BEGIN with the first
 * statement of a transaction. A write to the socket is most of what a small statement costs here.
 */
class PackingClient extends pg.Client {
  protected sendTogether(): void {
    const { stream } = (this as unknown as { connection: { stream: Stream } }).connection
    stream.cork()
    process.nextTick(() => stream.uncork())
  }
}

/** It prepares each parameterised statement once per connection and then only sends its name. */
export class PreparingClient extends PackingClient {
  // The overloads of pg's query cannot be restated; only (text, values) is changed, everything else is passed on.
  override query(...args: unknown[]): never {
    const [text, values] = args
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? preparedName(text) : undefined
    const passed = name === undefined ? args : [{ name, text, values }, ...args.slice(2)]
    this.sendTogether()
    return (super.query as (...rest: unknown[]) => never).apply(this, passed)
  }
}

/**
 * Through a pooler in transaction mode nothing is prepared: the next transaction may be on a session that knows nothing of
 * it. PgBouncer from 1.21 on sees to that, and yet closes the connection when a statement that could not be prepared,
 * since its transaction had failed, is prepared again.
 */
export class PooledClient extends PackingClient {
  override query(...args: unknown[]): never {
    this.sendTogether()
    return (super.query as (...rest: unknown[]) => never).apply(this, args)
  }
}
