import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { authApi } from '../../api/account-api.ts'
import { Button } from '../../ui/button.tsx'
import { Chunk } from '../../ui/chunk.ts'
import { TextField } from '../../ui/text-field.tsx'
import { announceSession, onSession } from '../account/session-tabs.ts'
import { forgetUndos } from '../undo/undo-stack.ts'
import { AuthFrame } from './auth-frame.tsx'
import { describeAuthError } from './auth-problems.ts'
import { emailProblem, useAuthForm } from './auth-form.ts'
import { newPasswordProblem, PasswordField } from './password-field.tsx'
import { deviceRegion } from './device-region.ts'
import { safeNext } from './safe-next.ts'

/** Fetched while the person types, so that nobody waits for it behind the door. */
const inside = new Chunk(() => import('../../app/dashboard.ts'))
const UNHURRIED_MS = 1_000

const linkClass = 'font-semibold text-accent-ink underline-offset-4 hover:underline'

export function SignIn() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [stays, setStays] = useState(true)
  const { next, enter } = useEnter('Sign in')
  const { hasEnded } = useLocation().state
  const signIn = useMutation({ mutationFn: () => authApi.signIn(email.trim(), password, stays), onSuccess: enter })
  const { formProps, problems } = useAuthForm({
    problems: { email: emailProblem(email), password: password === '' ? 'Enter your password.' : undefined },
    onSend: signIn.mutate,
  })
  return (
    <AuthFrame
      title="Sign in"
      lead={hasEnded ? 'Your session has ended. Sign in, and you are back where you were.' : 'Good to see you.'}
    >
      <form {...formProps} className="grid gap-4">
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          problem={problems.email}
          required
          autoFocus
        />
        <PasswordField value={password} onChange={setPassword} problem={problems.password} />
        <label className="flex items-center gap-2.5 text-s">
          <input
            type="checkbox"
            checked={stays}
            onChange={(event) => setStays(event.target.checked)}
            className="size-4 accent-accent"
          />
          Stay signed in on this device
        </label>
        <AuthProblem error={signIn.error} />
        <Button type="submit" variant="primary" isBusy={signIn.isPending} className="min-h-10">
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      <p className="mt-6 text-s text-ink-2">
        New here?{' '}
        <Link to="/sign-up" search={next ? { next } : {}} className={linkClass}>
          Make an account
        </Link>
      </p>
    </AuthFrame>
  )
}

export function SignUp() {
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const { next, enter } = useEnter('Make an account')
  const signUp = useMutation({
    mutationFn: () => authApi.signUp({ ...form, name: form.name.trim(), email: form.email.trim(), ...deviceRegion() }),
    onSuccess: enter,
  })
  const { formProps, problems } = useAuthForm({
    problems: {
      name: form.name.trim() === '' ? 'Enter a name: yours, or any that you like.' : undefined,
      email: emailProblem(form.email),
      password: newPasswordProblem(form.password),
    },
    onSend: signUp.mutate,
  })
  return (
    <AuthFrame title="Make an account" lead="Your tasks, calm and quick, on every screen you have.">
      <form {...formProps} className="grid gap-4">
        <TextField
          label="Name"
          problem={problems.name}
          autoComplete="name"
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
          maxLength={100}
          dir="auto"
          required
          autoFocus
        />
        <TextField
          label="E-mail"
          type="email"
          autoComplete="username"
          value={form.email}
          onChange={(event) => setForm({ ...form, email: event.target.value })}
          problem={problems.email}
          required
        />
        <PasswordField
          isNew
          value={form.password}
          onChange={(password) => setForm({ ...form, password })}
          problem={problems.password}
        />
        <AuthProblem error={signUp.error} />
        <Button type="submit" variant="primary" isBusy={signUp.isPending} className="min-h-10">
          {signUp.isPending ? 'Making your account…' : 'Make account'}
        </Button>
      </form>
      <p className="mt-6 text-s text-ink-2">
        Been here before?{' '}
        <Link to="/sign-in" search={next ? { next } : {}} className={linkClass}>
          Sign in
        </Link>
      </p>
    </AuthFrame>
  )
}

function AuthProblem({ error }: { error: Error | null }) {
  return (
    <p role="alert" className={error ? 'rounded-control bg-high-soft px-3 py-2 text-s text-high-ink' : 'hidden'}>
      {error && describeAuthError(error)}
    </p>
  )
}

/** What follows a sign-in: nothing of another person is kept, and the person is back where they were. */
function useEnter(title: string) {
  const client = useQueryClient()
  const router = useRouter()
  const { next } = useSearch({ strict: false }) as { next?: string }
  useEffect(() => {
    document.title = `${title} · Todo Cloud`
  }, [title])
  useEffect(() => {
    const timer = setTimeout(() => void inside.preload(), UNHURRIED_MS)
    return () => clearTimeout(timer)
  }, [])
  const goIn = useCallback(() => {
    client.clear()
    forgetUndos()
    router.history.push(safeNext(next))
  }, [client, router, next])
  useEffect(() => onSession('begun', goIn), [goIn])
  const enter = () => {
    announceSession('begun')
    goIn()
  }
  return { next, enter }
}
