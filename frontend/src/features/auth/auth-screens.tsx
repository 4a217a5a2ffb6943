import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type HistoryState, Link, useLocation, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { authApi } from '../../api/auth-api.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Chunk } from '../../ui/chunk.ts'
import { TextField } from '../../ui/text-field.tsx'
import { announceSession, onSession } from '../account/session-tabs.ts'
import { forgetUndos } from '../undo/undo-stack.ts'
import { AuthFrame } from './auth-frame.tsx'
import { linkClass } from './auth-links.tsx'
import { emailProblem, useAuthForm } from './auth-form.ts'
import { EmailField } from './email-field.tsx'
import { FormEnd } from './form-end.tsx'
import { newPasswordProblem, PasswordField } from './password-field.tsx'
import { deviceRegion } from './device-region.ts'
import { safeNext } from './safe-next.ts'
import { useSignUpClosed } from './sign-up-state.ts'

/** Fetched while the person types, so that nobody waits for it behind the door. */
const inside = new Chunk(() => import('../../app/dashboard.ts'))
const UNHURRIED_MS = 1_000

export function SignIn() {
  const { state } = useLocation()
  const [email, setEmail] = useState(state.email ?? '')
  const [password, setPassword] = useState('')
  const [stays, setStays] = useState(true)
  const { next, enter } = useEnter()
  const isClosed = useSignUpClosed()
  const signIn = useMutation({ mutationFn: () => authApi.signIn(email.trim(), password, stays), onSuccess: enter })
  const { formProps, problems } = useAuthForm({
    problems: { email: emailProblem(email), password: password === '' ? 'Enter your password.' : undefined },
    onSend: signIn.mutate,
  })
  return (
    <AuthFrame title="Sign in" lead={leadOf(state)}>
      <form {...formProps} className="grid gap-4">
        <EmailField value={email} onChange={setEmail} problem={problems.email} autoFocus />
        <PasswordField value={password} onChange={setPassword} problem={problems.password} />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 text-s">
          <label className="flex items-center gap-2.5">
            <input
              type="checkbox"
              checked={stays}
              onChange={(event) => setStays(event.target.checked)}
              className="size-4 accent-accent"
            />
            Stay signed in on this device
          </label>
          <Link
            to="/forgotten-password"
            search={next ? { next } : {}}
            state={{ email }}
            className="thumb-y-12 text-accent-ink underline-offset-4 hover:underline"
          >
            Forgot your password?
          </Link>
        </div>
        <FormEnd sending={signIn} words="Sign in" wordsWhileBusy="Signing in…" />
      </form>
      {!isClosed && (
        <p className="mt-6 text-s text-ink-2">
          New here?{' '}
          <Link to="/sign-up" search={next ? { next } : {}} state={{ email }} className={linkClass}>
            Make an account
          </Link>
        </p>
      )}
    </AuthFrame>
  )
}

function leadOf({ hasEnded, hasNewPassword }: HistoryState): string {
  if (hasNewPassword) return 'Your new password is saved. Sign in with it.'
  return hasEnded ? 'Your session has ended. Sign in, and you are back where you were.' : 'Good to see you.'
}

export function SignUp() {
  return useSignUpClosed() ? <SignUpClosed /> : <SignUpForm />
}

function SignUpClosed() {
  return (
    <AuthFrame title="No new accounts here" lead="This server makes no new accounts: ask whoever runs it.">
      <Link to="/sign-in" search={{}} className={buttonClass('primary', 'min-h-10 w-full')}>
        Sign in
      </Link>
    </AuthFrame>
  )
}

function SignUpForm() {
  const { email = '' } = useLocation().state
  const [form, setForm] = useState({ name: '', email, password: '' })
  const { next, enter } = useEnter()
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
        <EmailField value={form.email} onChange={(email) => setForm({ ...form, email })} problem={problems.email} />
        <PasswordField
          isNew
          value={form.password}
          onChange={(password) => setForm({ ...form, password })}
          problem={problems.password}
        />
        <FormEnd sending={signUp} words="Make account" wordsWhileBusy="Making your account…" />
      </form>
      <p className="mt-6 text-s text-ink-2">
        Been here before?{' '}
        <Link to="/sign-in" search={next ? { next } : {}} state={{ email: form.email }} className={linkClass}>
          Sign in
        </Link>
      </p>
    </AuthFrame>
  )
}

/** What follows a sign-in: nothing of another person is kept, and the person is back where they were. */
function useEnter() {
  const client = useQueryClient()
  const router = useRouter()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const { link } = useLocation().state
  useEffect(() => {
    const timer = setTimeout(() => void inside.preload(), UNHURRIED_MS)
    return () => clearTimeout(timer)
  }, [])
  const goIn = useCallback(() => {
    client.clear()
    forgetUndos()
    router.history.push(link ?? safeNext(next))
  }, [client, router, next, link])
  useEffect(() => onSession('begun', goIn), [goIn])
  const enter = () => {
    announceSession('begun')
    goIn()
  }
  return { next, enter }
}
