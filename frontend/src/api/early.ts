/** For longer nobody waits: what the page asked for at first is old by then. */
const KEPT_MS = 30_000

declare global {
  interface Window {
    /** What public/theme.js asked for beside the scripts, by path and query. */
    early?: Map<string, Promise<Response>>
  }
}

/** The answer to what the page asked for before its scripts were there, once; undefined where it did not. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const answer = performance.now() < KEPT_MS ? window.early?.get(url) : undefined
  window.early?.delete(url)
  return answer
}

/** After a change, and after a refusal, the rest was asked for by somebody else or about something else. */
export const forgetEarly = (): void => window.early?.clear()
