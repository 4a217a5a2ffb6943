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

/** Whether statements are named; a pooler that gives its clients' names to one session after another must not see them. */
export interface Preparing {
  isOn: boolean
}

interface Stream {
  cork: () => void
  uncork: () => void
}

/**
 * A client that costs less per statement. It prepares each parameterised statement once per connection and then only
 * sends its name (a pooler has to understand that: see `reachDatabase`), and what is sent in one go leaves in one packet, such as
 * BEGIN with the first statement of a transaction: a write to the socket is most of what a small statement costs here.
 */
export class PreparingClient extends pg.Client {
  readonly #preparing: Preparing

  constructor(config: pg.ClientConfig & { preparing?: Preparing } = {}) {
    super(config)
    this.#preparing = config.preparing ?? { isOn: true }
  }

  // The overloads of pg's query cannot be restated; only (text, values) is changed, everything else is passed on.
  override query(...args: unknown[]): never {
    const [text, values] = args
    const isNamed = this.#preparing.isOn && typeof text === 'string' && Array.isArray(values) && values.length > 0
    const name = isNamed ? preparedName(text) : undefined
    const passed = name === undefined ? args : [{ name, text, values }, ...args.slice(2)]
    this.#sendTogether()
    return (super.query as (...rest: unknown[]) => never).apply(this, passed)
  }

  #sendTogether(): void {
    const { stream } = (this as unknown as { connection: { stream: Stream } }).connection
    stream.cork()
    process.nextTick(() => stream.uncork())
  }
}
