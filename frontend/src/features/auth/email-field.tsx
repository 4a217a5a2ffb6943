import { TextField } from '../../ui/text-field.tsx'

interface EmailFieldProps {
  value: string
  problem: string | undefined
  autoFocus?: boolean
  onChange: (email: string) => void
}

/** The address by which somebody has an account. */
export function EmailField({ onChange, ...rest }: EmailFieldProps) {
  return (
    <TextField
      label="E-mail"
      type="email"
      autoComplete="username"
      onChange={(event) => onChange(event.target.value)}
      required
      {...rest}
    />
  )
}
