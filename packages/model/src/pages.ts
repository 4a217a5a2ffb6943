const PAGES: ReadonlySet<string> = new Set(['/forgotten-password', '/new-password', '/confirm-email', '/unsubscribe'])

/** Whether this page of the web app is for whoever has no session: to sign in or up, and what links in mails lead to. */
export function needsNoSession(pathname: string): boolean {
  return pathname.startsWith('/sign-') || PAGES.has(pathname)
}
