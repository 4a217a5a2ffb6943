/** Whether this page of the web app is for whoever has no session: to sign in or up, and to end mails by their link. */
export function needsNoSession(pathname: string): boolean {
  return pathname.startsWith('/sign-') || pathname === '/unsubscribe'
}
