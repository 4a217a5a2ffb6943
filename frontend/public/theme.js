// Runs before the first paint, so that a dark screen never flashes white. The rest of the theme lives in src/app/theme.ts.
const chosen = localStorage.getItem('theme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.classList.toggle('dark', dark)
// The page comes with the frame of the app, which these screens do not have; without scripts there is no app at all.
const framed = !location.pathname.startsWith('/sign-')
document.documentElement.toggleAttribute('data-framed', framed)
// What the screen needs is fetched beside the entry, and behind it where the line is slow.
const fetchEarly = (link) => document.head.append(Object.assign(document.createElement('link'), link))
const chunks = document.currentScript.dataset[framed ? 'app' : 'auth']?.split(' ') ?? []
for (const href of chunks) fetchEarly({ rel: 'modulepreload', crossOrigin: '', fetchPriority: 'low', href: `/${href}` })
// Who it is, is asked for beside the scripts instead of after them.
if (framed) fetchEarly({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: '/api/v1/me' })
