import type { MailServer } from '../../acceptance/support/mail-server.ts'

/** How often the mail of each reminder came. */
export class MailCount {
  readonly #server: MailServer
  readonly #counts = new Map<string, number>()
  /** By title: those that came more than once and were told before. */
  readonly #named = new Set<string>()
  #read = 0

  constructor(server: MailServer) {
    this.#server = server
  }

  get total(): number {
    return this.#server.mails.length
  }

  /** By the title of the task. */
  of(title: string): number {
    for (const mail of this.#server.mails.slice(this.#read)) {
      const named = (mail.subject ?? '').replace(/^Reminder: /, '')
      this.#counts.set(named, (this.#counts.get(named) ?? 0) + 1)
    }
    this.#read = this.#server.mails.length
    return this.#counts.get(title) ?? 0
  }

  /** Titles whose mail came more than once, each told once. */
  takeDoubled(): string[] {
    this.of('')
    const doubled = [...this.#counts].filter(([title, count]) => count > 1 && !this.#named.has(title))
    for (const [title] of doubled) this.#named.add(title)
    return doubled.map(([title, count]) => `${title} (${count} times)`)
  }
}
