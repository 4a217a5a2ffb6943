import type { BrowserContext, ConsoleMessage, Request, WebError } from 'playwright-core'

export interface Watch {
  /** Until what it answers is called. */
  follow: (context: BrowserContext) => () => void
  /** The story brings this one about itself. */
  expect: (pattern: RegExp) => void
  /** What no window may do, and did. */
  problems: () => string[]
}

/** Writes down what no page of ours may do: log an error, throw, break its security policy, ask anybody else. */
export function watchWindows(origin: string): Watch {
  const seen: string[] = []
  const expected: RegExp[] = []
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`)
  }
  const onError = (event: WebError) => {
    seen.push(`error: ${event.error().message} ${event.error().stack}`)
  }
  const onRequest = (request: Request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/u.test(url)) seen.push(`foreign request: ${url}`)
  }
  return {
    follow: (context) => {
      context.on('console', onConsole).on('weberror', onError).on('request', onRequest)
      return () => void context.off('console', onConsole).off('weberror', onError).off('request', onRequest)
    },
    expect: (pattern) => expected.push(pattern),
    problems: () => seen.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
  }
}
