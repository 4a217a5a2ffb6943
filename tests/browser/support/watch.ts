import type { BrowserContext } from 'playwright-core'

export interface Watch {
  follow: (context: BrowserContext) => void
  /** The story brings this one about itself. */
  expect: (pattern: RegExp) => void
  /** What no window may do, and did. */
  problems: () => string[]
}

/** Writes down what no page of ours may do: log an error, throw, break its security policy, ask anybody else. */
export function watchWindows(origin: string): Watch {
  const seen: string[] = []
  const expected: RegExp[] = []
  return {
    follow: (context) => {
      context.on('console', (message) => {
        if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => seen.push(`error: ${error.error().message} ${error.error().stack}`))
      context.on('request', (request) => {
        const url = request.url()
        if (!url.startsWith(`${origin}/`) && !/^(data|blob):/u.test(url)) seen.push(`foreign request: ${url}`)
      })
    },
    expect: (pattern) => expected.push(pattern),
    problems: () => seen.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
  }
}
