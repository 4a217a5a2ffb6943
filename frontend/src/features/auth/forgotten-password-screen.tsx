import { useMutation } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { authApi } from '../../api/auth-api.ts'
import { Button } from '../../ui/button.tsx'
import { emailProblem, useAuthForm } from './auth-form.ts'
import { AuthFrame } from './auth-frame.tsx'
import { BackToSignIn } from './auth-links.tsx'
import { AuthProblem } from './auth-problem.tsx'
import { EmailField } from './email-field.tsx'
import { FormEnd } from './form-end.tsx'

/** The server mails no more in a quarter of an hour, and does not say so: it would tell who has an account. */
const MOST = 3

/** Asks for a link that sets a new password. */
export function ForgottenPassword() {
  const { email: typed = '' } = useLocation().state
  const [email, setEmail] = useState(typed)
  const [timesSent, setTimesSent] = useState(0)
  const send = useMutation({
    mutationFn: () => authApi.requestNewPassword(email.trim()),
    onSuccess: () => setTimesSent(timesSent + 1),
  })
  const { formProps, problems } = useAuthForm({ problems: { email: emailProblem(email) }, onSend: send.mutate })
  if (timesSent > 0) {
    return (
      <AuthFrame
        title="Look into your mail"
        lead={`If ${email.trim()} has an account here, a link is on its way. It is good for one hour.`}
      >
        <p className="text-s text-pretty text-ink-2">
          Nothing there after a few minutes? Look in your spam folder, and check the address. At most three come in a
          quarter of an hour.
        </p>
        <div className="mt-4 mb-3 flex flex-wrap gap-2">
          <Button isBusy={send.isPending} onClick={() => send.mutate()}>
            {send.isPending ? 'Sending…' : 'Send it again'}
          </Button>
          <Button variant="ghost" onClick={() => setTimesSent(0)}>
            Use another address
          </Button>
        </div>
        <p role="status" className="text-s">
          {timesSent > 1 &&
            send.isSuccess &&
            (timesSent > MOST ? 'That was three: wait a while before you ask for more.' : 'Sent again.')}
        </p>
        <AuthProblem error={send.error} />
        <BackToSignIn email={email} />
      </AuthFrame>
    )
  }
  return (
    <AuthFrame title="Forgot your password?" lead="A link comes by e-mail, and with it you choose a new one.">
      <form {...formProps} className="grid gap-4">
        <EmailField value={email} onChange={setEmail} problem={problems.email} autoFocus />
        <FormEnd sending={send} words="Send me a link" wordsWhileBusy="Sending…" />
      </form>
      <BackToSignIn email={email} />
    </AuthFrame>
  )
}
