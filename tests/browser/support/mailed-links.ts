import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from '../../acceptance/mode.ts'

type LinkPath = 'new-password' | 'confirm-email'

/** The links of a kind that were mailed to somebody, the oldest first. */
export function linksTo(app: App, email: string, path: LinkPath): string[] {
  const link = new RegExp(`${app.url}/${path}#\\w+=\\S+`, 'u')
  return app.smtp.to(email).flatMap(({ text }) => link.exec(text ?? '')?.[0] ?? [])
}

export function mailedLink(app: App, email: string, path: LinkPath): Promise<string> {
  const find = () => linksTo(app, email, path).at(-1)
  return pollUntil(find, { timeoutMs: 10_000, what: `a link to ${path} for ${email}` })
}
