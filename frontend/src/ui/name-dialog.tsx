import { type FormEvent, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { TextField } from './text-field.tsx'

interface NameDialogProps {
  title: string
  submitLabel: string
  name: string
  onNameChange: (name: string) => void
  maxLength: number
  placeholder?: string
  /** What is wrong with the name, or why it could not be saved. */
  problem?: string | undefined
  hint?: string
  isBusy?: boolean
  /** Not called with an empty name. */
  onSubmit: (name: string) => void
  onClose: () => void
  /** More fields, below the name. */
  children?: ReactNode
}

/** A small dialog that gives something a name. */
export function NameDialog(props: NameDialogProps) {
  const { title, submitLabel, name, onNameChange, isBusy = false, onSubmit, onClose, children, ...field } = props
  const trimmed = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed !== '') onSubmit(trimmed)
  }
  return (
    <Modal title={title} size="s" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4 p-5">
        <TextField
          label="Name"
          value={name}
          onChange={(event) => onNameChange(event.target.value)}
          required
          dir="auto"
          autoComplete="off"
          {...field}
        />
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" isBusy={isBusy} disabled={trimmed === ''}>
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
