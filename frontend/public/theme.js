// Runs before the first paint, so that a dark screen never flashes white. The rest of the theme lives in src/app/theme.ts.
const chosen = localStorage.getItem('theme')
const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.classList.toggle('dark', dark)
// The page comes with the frame of the app, which these screens do not have; without scripts there is no app at all.
const framed = !location.pathname.startsWith('/sign-')
document.documentElement.toggleAttribute('data-framed', framed)
// Who it is, is asked for beside the scripts instead of after them.
if (framed) {
  const early = { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: '/api/v1/me' }
  document.head.append(Object.assign(document.createElement('link'), early))
}
