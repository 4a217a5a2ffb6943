export interface StreamEvent {
  type: string
  data: string
}

/** Cuts the text of an event stream into its events as it comes. HTML, “Server-sent events”: parsing an event stream. */
export class EventStreamReader {
  /** What to resume from. It moves on with events, and with beats that carry nothing else. */
  lastEventId = ''
  #rest = ''
  #id = ''
  #type = ''
  #data: string[] = []

  push(text: string): StreamEvent[] {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line) ?? [])
  }

  #onLine(line: string): StreamEvent | null {
    if (line === '') return this.#dispatch()
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/u.exec(line) ?? []
    if (field === 'event') this.#type = value
    if (field === 'data') this.#data.push(value)
    if (field === 'id') this.#id = value
    return null
  }

  #dispatch(): StreamEvent | null {
    const event = { type: this.#type || 'message', data: this.#data.join('\n') }
    const hasData = this.#data.length > 0
    this.lastEventId = this.#id
    this.#type = ''
    this.#data = []
    return hasData ? event : null
  }
}
