import X from 'lucide-react/icons/x'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { addressQuery } from '../account/address.ts'
import { useAskToConfirm } from './use-ask-to-confirm.ts'

const LATER = 'confirm-later'

/** Above every screen while nothing is mailed to the person, until they want to hear no more of it in this tab. */
export function ConfirmNotice() {
  const [isLater, setLater] = useState(() => sessionStorage.getItem(LATER) !== null)
  const { email, ask, isPending, words } = useAskToConfirm()
  const offered = useQuery(addressQuery).data?.offered?.email
  if (isLater) return null
  const dismiss = () => {
    sessionStorage.setItem(LATER, '')
    setLater(true)
    // The button that had it is gone.
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  return (
    <section
      aria-label="Your e-mail address"
      className="mt-3 -mb-1 flex items-center gap-2 rounded-card bg-medium-soft ps-3 pe-0.5 text-s text-medium-ink"
    >
      <p className="min-w-0 flex-1 py-2 text-pretty [overflow-wrap:anywhere]">
        <span role="status">
          {words ?? `We sent a link to ${offered ?? email}: follow it to get reminders by e-mail.`}
        </span>{' '}
        <span className="inline-flex flex-wrap gap-x-3">
          {/* To one that is to take its place, a link is sent with the password. */}
          {!offered && (
            <button
              type="button"
              aria-disabled={isPending}
              onClick={ask}
              className="font-semibold underline underline-offset-4 thumb-y-12 aria-disabled:opacity-55"
            >
              {isPending ? 'Sending…' : 'Send again'}
            </button>
          )}
          <Link
            to="/settings"
            search={{}}
            hash="address"
            className="font-semibold underline underline-offset-4 thumb-y-12"
          >
            Wrong address?
          </Link>
        </span>
      </p>
      <IconButton
        label="Not now"
        tipSide="end"
        onClick={dismiss}
        className="text-medium-ink hover:bg-transparent hover:text-ink"
      >
        <X size={16} />
      </IconButton>
    </section>
  )
}
