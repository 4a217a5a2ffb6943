const LAST_RELOAD = 'reloaded-at'
const AGAIN_AFTER_MS = 30_000

/**
 * When a new version was put up while this page was open, the chunks that it has not fetched yet are gone: the page
 * is fetched again, once. What was typed is kept in drafts.
 */
export function reloadOnNewVersion(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(LAST_RELOAD) ?? 0)
    if (!navigator.onLine || Date.now() - last < AGAIN_AFTER_MS) return
    sessionStorage.setItem(LAST_RELOAD, String(Date.now()))
    location.reload()
  })
}
