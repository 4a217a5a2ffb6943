import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'
import { Field, inputClass } from '../../ui/text-field.tsx'

const MIN_PASSWORD = 8

interface PasswordFieldProps {
  label?: string
  value: string
  isNew?: boolean
  autoFocus?: boolean
  problem?: string | undefined
  onChange: (password: string) => void
}

/** A password that can be looked at. */
export function PasswordField({ label = 'Password', value, isNew, autoFocus, problem, onChange }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  return (
    <Field
      label={label}
      problem={problem}
      hint={isNew ? `At least ${MIN_PASSWORD} characters. A few words in a row are good.` : undefined}
    >
      {(control) => (
        <span className="relative block">
          <input
            {...control}
            type={isShown ? 'text' : 'password'}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            required
            autoFocus={autoFocus}
            className={`${inputClass} pe-10`}
          />
          <button
            type="button"
            aria-label={isShown ? 'Hide the password' : 'Show the password'}
            onClick={() => setShown(!isShown)}
            className="absolute end-1 top-1/2 grid size-8 -translate-y-1/2 place-items-center rounded-control text-ink-3 hover:text-ink"
          >
            {isShown ? <EyeOff size={16} /> : <Eye size={16} />}
          </button>
        </span>
      )}
    </Field>
  )
}

export function newPasswordProblem(password: string): string | undefined {
  return password.length < MIN_PASSWORD ? `It needs at least ${MIN_PASSWORD} characters.` : undefined
}
