import type { Task } from '@todo/model/task'
import { useEffect, useMemo, useRef, useState } from 'react'
import { describeError, isUnauthorized } from '../../api/api-error.ts'
import type { NewTask } from '../../api/tasks-api.ts'
import { useDialogs } from '../../app/dialogs.tsx'
import { notify } from '../../ui/notify.ts'
import { usePerson } from '../account/person.ts'
import { useToday } from '../dates/day-clock.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import { newTaskOf } from './new-task-of.ts'
import type { QuickAddChoices } from './quick-add-defaults.ts'
import { readQuickAdd } from './quick-add-text.ts'

const DRAFT_KEY = 'quick-add'

export interface QuickAddState {
  line: string
  setLine: (line: string) => void
  read: ReturnType<typeof readQuickAdd>
  choices: QuickAddChoices
  choose: (change: Partial<QuickAddChoices>) => void
  /** Leaves a token in the title as plain text. */
  keepPlain: (text: string) => void
  submit: () => Promise<Pick<Task, 'id' | 'title'> | null>
}

/**
 * The line, what was read in it and the chips. The line outlives a reload, and comes back when the server refuses
 * the task.
 */
export function useQuickAdd(defaults: QuickAddChoices, initialLine: string): QuickAddState {
  const [line, setLine] = useState(() => initialLine || (sessionStorage.getItem(DRAFT_KEY) ?? ''))
  const [changes, setChanges] = useState<Partial<QuickAddChoices>>({})
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set())
  const isAdding = useRef(false)
  const add = useAdd()
  const today = useToday()
  const choices = { ...defaults, ...changes }
  const read = useMemo(() => readQuickAdd(line, plain), [line, plain])

  useEffect(() => {
    if (line === '') sessionStorage.removeItem(DRAFT_KEY)
    else sessionStorage.setItem(DRAFT_KEY, line)
  }, [line])

  const submit = async () => {
    if (read.title === '' || isAdding.current) return null
    isAdding.current = true
    // The line stays until all that makes a task of it has been fetched.
    const task = await newTaskOf(read, choices, today)
    isAdding.current = false
    setLine('')
    setChanges({})
    setPlain(new Set())
    void add(task, line)
    return task
  }
  return {
    line,
    setLine,
    read,
    choices,
    choose: (change) => setChanges((current) => ({ ...current, ...change })),
    keepPlain: (text) => setPlain((current) => new Set([...current, text])),
    submit,
  }
}

function useAdd() {
  const { create } = useTaskActions()
  const { inboxId } = usePerson()
  const dialogs = useDialogs()
  return (task: NewTask, line: string) =>
    create(task, inboxId).catch((error: unknown) => {
      const isOver = isUnauthorized(error)
      // After the sign-in it is in the line again.
      if (isOver) sessionStorage.setItem(DRAFT_KEY, line)
      return notify(`“${task.title}” was not added`, {
        tone: 'error',
        description: describeError(error),
        durationMs: 60_000,
        ...(!isOver && { action: { label: 'Edit', run: () => dialogs.open({ kind: 'quick-add', text: line }) } }),
      })
    })
}
