/** Where to go after signing in: only within the app, never to an address that somebody put into a link. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-') ? next : '/today'
}
