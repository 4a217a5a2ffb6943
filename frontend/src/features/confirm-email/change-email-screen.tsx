import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { ApiError, isUnauthorized } from '../../api/api-error.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { addressQuery, useTakeAddress } from '../account/address.ts'
import { AuthFrame } from '../auth/auth-frame.tsx'
import { SettingsLink } from '../auth/auth-links.tsx'
import { AuthProblem } from '../auth/auth-problem.tsx'

/** A link that gives an account another address was followed: it says which, and asks. */
export function ChangeEmail({ token }: { token: string }) {
  const { data: address, error: unknown } = useQuery(addressQuery)
  const { mutate, error: refused, isPending, isSuccess } = useTakeAddress(token)
  const error = refused ?? unknown
  if (isUnauthorized(error)) return <SignInFirst />
  if (isSuccess && address) {
    return (
      <AuthFrame
        title="Your address is changed"
        lead={`You sign in with ${address.email} from now on, and mails go there.`}
      >
        <Link to="/today" search={{}} className={buttonClass('primary', 'min-h-10 w-full')}>
          Open Todo Cloud
        </Link>
      </AuthFrame>
    )
  }
  if (address && (!address.offered || isFinal(refused))) return <NoUse email={address.email} refused={refused} />
  return (
    <AuthFrame
      title="Another address for your account?"
      lead={address?.offered ? `You would sign in with ${address.offered.email}, and mails go there.` : ''}
    >
      <div className="grid gap-4">
        <p className="text-s [overflow-wrap:anywhere] text-ink-2">{address && `So far it is ${address.email}.`}</p>
        <AuthProblem error={error} />
        <Button variant="primary" className="min-h-10" isBusy={isPending} disabled={!address} onClick={() => mutate()}>
          {isPending ? 'Changing…' : 'Change my address'}
        </Button>
      </div>
    </AuthFrame>
  )
}

const isFinal = (error: Error | null) => error instanceof ApiError && !error.isTemporary

/** Whoever got the mail by mistake changes nothing. */
function SignInFirst() {
  const link = useLocation({ select: ({ pathname, hash }) => `${pathname}#${hash}` })
  return (
    <AuthFrame
      title="Sign in first"
      lead="This link gives an account another address. Sign in with the one that it has so far."
    >
      <Link to="/sign-in" search={{}} state={{ link }} className={buttonClass('primary', 'min-h-10 w-full')}>
        Sign in
      </Link>
    </AuthFrame>
  )
}

function NoUse({ email, refused }: { email: string; refused: Error | null }) {
  const isTaken = refused instanceof ApiError && refused.status === 409
  return (
    <AuthFrame
      title="This link does not work"
      lead={
        isTaken
          ? 'Another account has this address by now.'
          : 'It was used, has run out, or is of another account than the one that is signed in here.'
      }
    >
      <p className="text-s [overflow-wrap:anywhere] text-ink-2">
        Your address is <b className="font-semibold text-ink">{email}</b>. Another one can be asked for in the{' '}
        <SettingsLink hash="address">settings</SettingsLink>.
      </p>
    </AuthFrame>
  )
}
