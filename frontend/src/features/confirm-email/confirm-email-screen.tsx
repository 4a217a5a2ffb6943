import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError, describeError } from '../../api/api-error.ts'
import { authApi } from '../../api/auth-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { AuthFrame } from '../auth/auth-frame.tsx'
import { useLinkToken } from '../auth/link-token.ts'

/** The link of a mail that asks whether an address is the person's was followed, which is the answer. */
export function ConfirmEmail() {
  const token = useLinkToken()
  const { error, isPending, refetch } = useQuery({
    queryKey: queryKeys.confirmation(token),
    queryFn: () => authApi.confirmEmail(token),
    enabled: token !== '',
  })
  if (token === '') return <NoUse code="INVALID_TOKEN" />
  if (error instanceof ApiError && !error.isTemporary) return <NoUse code={error.code} />
  if (error) {
    return (
      <AuthFrame title="Your address is not confirmed yet" lead={describeError(error)}>
        <Button variant="primary" className="min-h-10 w-full" onClick={() => void refetch()}>
          Try again
        </Button>
      </AuthFrame>
    )
  }
  if (isPending) return <AuthFrame title="One moment…" lead="Your address is being confirmed." />
  return (
    <AuthFrame title="Thank you" lead="Your address is confirmed: reminders can reach you by e-mail.">
      <Link to="/today" search={{}} className={buttonClass('primary', 'min-h-10 w-full')}>
        Open Todo Cloud
      </Link>
    </AuthFrame>
  )
}

const REASONS: Readonly<Record<string, string>> = {
  TOKEN_EXPIRED: 'It is older than three days.',
  USER_NOT_FOUND: 'There is no account with this address any more.',
}

function NoUse({ code }: { code: string }) {
  return (
    <AuthFrame
      title="This link does not work"
      lead={REASONS[code] ?? 'It may have been cut off on its way: copy all of it from the mail.'}
    >
      <p className="text-s text-ink-2">
        A new one can be sent from the{' '}
        <Link
          to="/settings"
          search={{}}
          hash="channels"
          className="font-semibold text-accent-ink underline underline-offset-4"
        >
          settings
        </Link>
        , after signing in.
      </p>
    </AuthFrame>
  )
}
