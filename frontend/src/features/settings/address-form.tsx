import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { authApi } from '../../api/auth-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.ts'
import { TextField } from '../../ui/text-field.tsx'
import { addressQuery } from '../account/address.ts'
import { usePerson } from '../account/person.ts'
import { emailProblem, useAuthForm } from '../auth/auth-form.ts'
import { describeAuthError } from '../auth/auth-problems.ts'
import { PasswordField } from '../auth/password-field.tsx'

/** Where the account has another address at once, that is said; where it has to be confirmed first, how. */
export function AddressForm() {
  const { email } = usePerson()
  const [next, setNext] = useState('')
  const [password, setPassword] = useState('')
  const offered = useQuery(addressQuery).data?.offered?.email
  const change = useChangeAddress({
    onAnswer: () => {
      setNext('')
      setPassword('')
    },
  })
  const { formProps, problems } = useAuthForm({
    problems: { next: addressProblem(next, email) },
    onSend: () => change.mutate({ to: next.trim(), password }),
  })
  const refusals = refusalsOf(change.error)
  return (
    <form {...formProps} className="grid gap-4">
      <p className="text-s [overflow-wrap:anywhere] text-ink-2">
        Your address is <b className="font-semibold text-ink">{email}</b>.
      </p>
      <TextField
        label="New e-mail address"
        type="email"
        autoComplete="email"
        value={next}
        onChange={(event) => setNext(event.target.value)}
        problem={next === '' ? undefined : (problems.next ?? refusals.next)}
      />
      <PasswordField label="Your password" value={password} onChange={setPassword} problem={refusals.password} />
      <Button
        type="submit"
        isBusy={change.isPending}
        disabled={next === '' || password === ''}
        className="justify-self-start"
      >
        Change address
      </Button>
      <p role="status" className={offered ? 'text-s text-pretty [overflow-wrap:anywhere]' : 'sr-only'}>
        {offered &&
          `A link is on its way to ${offered}. Follow it in a browser where you are signed in, and the address is yours. Nothing there? Look in your spam folder.`}
      </p>
    </form>
  )
}

function useChangeAddress({ onAnswer }: { onAnswer: () => void }) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ to, password }: { to: string; password: string }) => authApi.changeEmail(to, password),
    onSuccess: ({ message }, { to }) => {
      onAnswer()
      void client.invalidateQueries({ queryKey: queryKeys.profile })
      if (message === 'Email updated') {
        void notify('Address changed', { description: `You sign in with ${to} from now on.` })
      }
    },
  })
}

function addressProblem(next: string, current: string): string | undefined {
  return next.trim().toLowerCase() === current.toLowerCase() ? 'This is your address already.' : emailProblem(next)
}

/** What the server refused, where it belongs. */
function refusalsOf(error: Error | null): { next?: string; password?: string } {
  if (!error) return {}
  if (!(error instanceof ApiError) || error.fields[0]?.field !== 'newEmail')
    return { password: describeAuthError(error) }
  return { next: error.status === 409 ? 'Another account has this address.' : describeAuthError(error) }
}
