// Runs before the first paint, so that a dark screen never flashes white. The rest of the theme lives in src/app/theme.ts.
const chosen = localStorage.getItem('theme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.classList.toggle('dark', dark)
// The page comes with the frame of the app, which those that need no session do not have (packages/model/src/pages.ts);
// without scripts there is no app at all.
const framed = !/^\/(?:sign-|forgotten-password|new-password|confirm-email|unsubscribe)/u.test(location.pathname)
if (framed) document.documentElement.dataset.framed = location.pathname === '/settings' ? 'settings' : 'tasks'
// Who it is, and what is due, is asked for beside the scripts instead of after them. It has to be what they ask for, to
// the letter; where this device has another day than the person, they ask again. src/api/early.ts hands it over.
const asked = framed ? ['me'] : []
if (/^\/(?:today)?$/u.test(location.pathname) && location.search === '') {
  const now = new Date()
  const today = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  asked.push(`tasks?state=open&dueTo=${today}&sort=due&order=asc&limit=100`, `overview?today=${today}`)
}
window.early = new Map()
for (const what of asked) {
  const answer = fetch(`/api/v1/${what}`, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(30_000),
  })
  // Told to the one who takes it.
  answer.catch(() => {})
  window.early.set(`/api/v1/${what}`, answer)
}
// What the screen needs is fetched beside the entry, and behind it where the line is slow.
const chunks = document.currentScript.dataset[framed ? 'app' : 'auth']?.split(' ') ?? []
const hint = { rel: 'modulepreload', crossOrigin: '', fetchPriority: 'low' }
for (const href of chunks)
  document.head.append(Object.assign(document.createElement('link'), hint, { href: `/${href}` }))
