import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { authApi } from '../../api/auth-api.ts'
import { Button } from '../../ui/button.tsx'
import { Modal } from '../../ui/modal.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { usePerson } from '../account/person.ts'
import { describeAuthError } from '../auth/auth-problems.ts'
import { PasswordField } from '../auth/password-field.tsx'
import { forgetPush } from '../channels/this-device.ts'
import { useLeave } from './sign-out.tsx'

/** The one thing that cannot be undone, so the one thing that asks. */
export function DeleteAccount() {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 border-t border-line pt-4">
      <p className="flex-[1_1_12rem] text-s text-ink-2">
        Delete the account with all its lists and tasks. This cannot be undone.
      </p>
      <Button variant="danger" className="shrink-0" onClick={() => setOpen(true)}>
        Delete account
      </Button>
      {isOpen && <DeleteDialog onClose={() => setOpen(false)} />}
    </div>
  )
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { email } = usePerson()
  const leave = useLeave()
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const remove = useMutation({
    mutationFn: () => authApi.deleteAccount(password),
    onSuccess: async () => {
      // Its channels went with the account.
      await forgetPush().catch(() => {})
      await leave()
    },
  })
  const isConfirmed = typed.trim().toLowerCase() === email.toLowerCase() && password !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isConfirmed) remove.mutate()
  }
  return (
    <Modal title="Delete your account?" size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 p-5">
        <p className="text-s text-ink-2">
          Every list, task, reminder and setting goes for good. To confirm, type <b className="text-ink">{email}</b> and
          your password.
        </p>
        <TextField
          label="Your e-mail address"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
        />
        <PasswordField
          value={password}
          onChange={setPassword}
          problem={remove.error ? describeAuthError(remove.error) : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep my account</Button>
          <Button type="submit" variant="danger" disabled={!isConfirmed} isBusy={remove.isPending}>
            Delete for good
          </Button>
        </div>
      </form>
    </Modal>
  )
}
