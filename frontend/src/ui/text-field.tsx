import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export const inputClass =
  'w-full min-h-9 pointer-coarse:min-h-10 rounded-control border border-line-strong bg-surface px-2.5 py-1.5 text-s text-ink transition-colors hover:border-control focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-focus/45 aria-invalid:border-high disabled:opacity-60'

interface FieldProps {
  label: string
  /** What is wrong with it and how to put it right. */
  problem?: string | undefined
  hint?: ReactNode
  children: (control: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': true | undefined
  }) => ReactNode
}

/** A labelled control with its hint and its problem, tied together for screen readers. */
export function Field({ label, problem, hint, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = Boolean(problem ?? hint)
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className="text-s font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': hasNote ? noteId : undefined,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {hasNote && (
        <p
          id={noteId}
          className={classNames('text-xs first-letter:uppercase', problem ? 'text-high-ink' : 'text-ink-2')}
        >
          {problem ?? hint}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  problem?: string | undefined
  hint?: ReactNode
}

export function TextField({ label, problem, hint, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(control) => <input {...control} {...rest} className={classNames(inputClass, className)} />}
    </Field>
  )
}
