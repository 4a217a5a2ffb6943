import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError } from '../../api/api-error.ts'
import { authApi } from '../../api/auth-api.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { AuthFrame } from '../auth/auth-frame.tsx'
import { SettingsLink } from '../auth/auth-links.tsx'
import { AuthProblem } from '../auth/auth-problem.tsx'
import { useLinkToken } from '../auth/link-token.ts'
import { ChangeEmail } from './change-email-screen.tsx'

/** A link about an address was followed. It asks once, since programs that look through mails follow links too. */
export function ConfirmEmail() {
  const another = useLinkToken('address')
  return another === '' ? <ConfirmOwn /> : <ChangeEmail token={another} />
}

function ConfirmOwn() {
  const token = useLinkToken()
  const { mutate, error, isPending, isSuccess } = useMutation({ mutationFn: () => authApi.confirmEmail(token) })
  if (token === '') return <NoUse code="INVALID_TOKEN" />
  if (error instanceof ApiError && !error.isTemporary) return <NoUse code={error.code} />
  if (isSuccess) {
    return (
      <AuthFrame title="Thank you" lead="Your address is confirmed: reminders can reach you by e-mail.">
        <Link to="/today" search={{}} className={buttonClass('primary', 'min-h-10 w-full')}>
          Open Todo Cloud
        </Link>
      </AuthFrame>
    )
  }
  return (
    <AuthFrame title="Is this address yours?" lead="Confirm it, and reminders can reach you by e-mail.">
      <div className="grid gap-4">
        <AuthProblem error={error} />
        <Button variant="primary" className="min-h-10" isBusy={isPending} onClick={() => mutate()}>
          {isPending ? 'Confirming…' : 'Confirm my address'}
        </Button>
      </div>
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
        A new one can be sent from the <SettingsLink>settings</SettingsLink>, after signing in.
      </p>
    </AuthFrame>
  )
}
