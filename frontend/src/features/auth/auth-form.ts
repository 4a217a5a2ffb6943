import { type FormEvent, useEffect, useRef, useState } from 'react'

interface AuthForm<Field extends string> {
  /** What is wrong with each field, in words that say what would be right. */
  problems: Record<Field, string | undefined>
  onSend: () => void
}

/** A form that tells all its problems at its fields once somebody tried to send it, with the focus on the first. */
export function useAuthForm<Field extends string>({ problems, onSend }: AuthForm<Field>) {
  const form = useRef<HTMLFormElement>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [tries])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTries(tries + 1)
    if (Object.values(problems).every((problem) => problem === undefined)) onSend()
  }
  const shown: Partial<typeof problems> = tries > 0 ? problems : {}
  // The browser's own bubbles tell one problem at a time, over the next field.
  return { formProps: { ref: form, onSubmit, noValidate: true }, problems: shown }
}

export function emailProblem(email: string): string | undefined {
  if (email.trim() === '') return 'Enter your e-mail address.'
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email.trim()) ? undefined : 'Write it as in ada@example.org.'
}
