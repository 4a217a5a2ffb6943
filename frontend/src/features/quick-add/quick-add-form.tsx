import Plus from 'lucide-react/icons/plus'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { Button } from '../../ui/button.tsx'
import type { QuickAddChoices } from './quick-add-defaults.ts'
import { useQuickAdd } from './use-quick-add.ts'

const QuickAddChips = lazyNamed(() => import('./quick-add-chips.tsx'), 'QuickAddChips', {
  Waiting: () => <div className="h-9" />,
  isNear: true,
})

const AddedNote = lazyNamed(() => import('./added-note.tsx'), 'AddedNote', { isNear: true })

const FOLD_MS = 300

interface QuickAddFormProps {
  defaults: QuickAddChoices
  line?: string
  /** In a dialog the chips are always there, and the frame is the dialog's. */
  isDialog?: boolean
}

/** One line for a task, and under it what was understood. Enter adds it and the line is ready for the next one. */
export function QuickAddForm({ defaults, line = '', isDialog = false }: QuickAddFormProps) {
  const state = useQuickAdd(defaults, line)
  const input = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const isOpen = useOpen(form) || isDialog
  const [addedId, setAddedId] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const task = await state.submit()
    if (task) setAddedId(task.id)
    input.current?.focus()
  }
  const isUsed = isOpen || state.line !== ''
  return (
    <form
      onSubmit={(event) => void submit(event)}
      ref={form}
      aria-label="Add a task"
      className={classNames(
        !isDialog && 'mb-2 rounded-card border bg-surface px-3.5 py-2 shadow-1 transition-colors',
        !isDialog && (isUsed ? 'border-accent/70' : 'border-line-strong hover:border-control'),
      )}
    >
      <div className="flex items-center gap-2.5">
        <Plus size={17} aria-hidden className="shrink-0 text-accent-ink" />
        <input
          ref={input}
          value={state.line}
          onChange={(event) => {
            state.setLine(event.target.value)
            setAddedId(null)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !isDialog) event.currentTarget.blur()
          }}
          autoFocus={isDialog}
          aria-label="New task"
          placeholder="Add a task"
          maxLength={600}
          dir="auto"
          autoComplete="off"
          enterKeyHint="done"
          className={classNames('min-h-8 w-full min-w-0 bg-transparent outline-none', isDialog && 'text-l font-medium')}
        />
        {isUsed && (
          <Button type="submit" variant="primary" disabled={state.line.trim() === ''} className="!min-h-8 !px-3">
            Add
          </Button>
        )}
      </div>
      {isUsed && <QuickAddChips state={state} />}
      <div role="status">{addedId && <AddedNote taskId={addedId} />}</div>
    </form>
  )
}

/**
 * Whether the focus is in the form. It folds up a moment after the focus has left, so that what is clicked below does
 * not move away under the pointer; not while one of its popovers is open. The focus in the note below leaves it as it is,
 * for the same reason.
 */
function useOpen(form: RefObject<HTMLElement | null>): boolean {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const element = form.current
    let timer: ReturnType<typeof setTimeout> | undefined
    const open = ({ target }: FocusEvent) => {
      clearTimeout(timer)
      if (!(target as HTMLElement).closest('[role="status"]')) setOpen(true)
    }
    const closeSoon = () => {
      timer = setTimeout(() => {
        if (!document.activeElement?.closest('[role="dialog"], [role="menu"]')) setOpen(false)
      }, FOLD_MS)
    }
    element?.addEventListener('focusin', open)
    element?.addEventListener('focusout', closeSoon)
    return () => {
      clearTimeout(timer)
      element?.removeEventListener('focusin', open)
      element?.removeEventListener('focusout', closeSoon)
    }
  }, [form])
  return isOpen
}
