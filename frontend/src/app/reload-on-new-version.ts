const LAST_RELOAD = 'reloaded-at'
const AGAIN_AFTER_MS = 30_000

/**
 * When a new version was put up while this page was open, the chunks that it has not fetched yet are gone: the page
 * is fetched again, once. What was typed is kept in drafts. When only the line is broken, the page stays.
 */
export function reloadOnNewVersion(): void {
  window.addEventListener('vite:preloadError', (event) => {
    // Ours to handle: else the failed import is thrown where nobody waits for it.
    event.preventDefault()
    void reloadWhenServed()
  })
}

async function reloadWhenServed(): Promise<void> {
  const last = Number(sessionStorage.getItem(LAST_RELOAD) ?? 0)
  if (Date.now() - last < AGAIN_AFTER_MS || !(await serverAnswers())) return
  sessionStorage.setItem(LAST_RELOAD, String(Date.now()))
  location.reload()
}

function serverAnswers(): Promise<boolean> {
  return fetch('/livez', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}
