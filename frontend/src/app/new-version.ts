import { onMissingChunk } from '../ui/chunk.ts'

const RELOADED_TO = 'reloaded-to'
const ENTRY = /<script\b[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/u

/**
 * When a new version was put up while this page was open, the parts that it has not fetched yet are gone: the page is
 * loaded anew, once for each version. What was typed is kept in drafts. When only the line is broken, the page stays.
 */
export function followNewVersions(): void {
  onMissingChunk(async () => {
    const served = await servedVersion()
    if (served === null || served === runningVersion() || served === sessionStorage.getItem(RELOADED_TO)) return
    sessionStorage.setItem(RELOADED_TO, served)
    location.reload()
    await new Promise(() => {})
  })
}

/**
 * What a click on “Try again” does. Most browsers keep a failed import for as long as the page lives: when it
 * fails again although the server answers, the page is loaded anew.
 */
export async function tryAgain(retry: () => Promise<boolean>): Promise<void> {
  if (await retry()) return
  if ((await servedVersion()) !== null) location.reload()
}

/** A server that has not answered by then counts as away: somebody waits to hear that a part is missing. */
const PATIENCE_MS = 3_000

/** The entry that a page of now would run: its name carries a hash of the whole program. */
function servedVersion(): Promise<string | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  return fetch('/', { cache: 'no-store', headers: { accept: 'text/html' }, signal }).then(
    async (response) => (response.ok ? (ENTRY.exec(await response.text())?.[1] ?? null) : null),
    () => null,
  )
}

function runningVersion(): string | null {
  return document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null
}
