import { Link, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'

export const linkClass = 'font-semibold text-accent-ink underline-offset-4 hover:underline'

/** @param email as far as it was typed: nobody types it twice */
export function BackToSignIn({ email = '' }: { email?: string }) {
  const { next } = useSearch({ strict: false }) as { next?: string }
  return (
    <p className="mt-6 text-s text-ink-2">
      <Link to="/sign-in" search={next ? { next } : {}} state={{ email }} className={linkClass}>
        Back to sign in
      </Link>
    </p>
  )
}

/** To what of the settings a page is about that a link of a mail leads to. */
export function SettingsLink({ hash = 'channels', children }: { hash?: string; children: ReactNode }) {
  return (
    <Link to="/settings" search={{}} hash={hash} className="font-semibold text-accent-ink underline underline-offset-4">
      {children}
    </Link>
  )
}
