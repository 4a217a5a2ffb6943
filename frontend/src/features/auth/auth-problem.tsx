import { describeAuthError } from './auth-problems.ts'

/** Below a form: why what it sent was refused. */
export function AuthProblem({ error }: { error: Error | null }) {
  return (
    <p role="alert" className={error ? 'rounded-control bg-high-soft px-3 py-2 text-s text-high-ink' : 'hidden'}>
      {error && describeAuthError(error)}
    </p>
  )
}
