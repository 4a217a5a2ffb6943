import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { authApi } from '../../api/auth-api.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/notify.ts'
import { describeAuthError } from '../auth/auth-problems.ts'
import { newPasswordProblem, PasswordField } from '../auth/password-field.tsx'

export function PasswordForm() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isTried, setTried] = useState(false)
  const change = useMutation({
    mutationFn: () => authApi.changePassword(current, next),
    onSuccess: () => {
      setCurrent('')
      setNext('')
      setTried(false)
      void notify('Password changed', { description: 'Other devices have been signed out.' })
    },
  })
  const problem = newPasswordProblem(next)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!problem) change.mutate()
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <PasswordField
        label="Current password"
        value={current}
        onChange={setCurrent}
        problem={change.error ? describeAuthError(change.error) : undefined}
      />
      <PasswordField
        label="New password"
        isNew
        value={next}
        onChange={setNext}
        problem={isTried ? problem : undefined}
      />
      <Button
        type="submit"
        isBusy={change.isPending}
        disabled={current === '' || next === ''}
        className="justify-self-start"
      >
        Change password
      </Button>
    </form>
  )
}
