import type { PlainPart, QuickAdd, QuickAddPart } from '@todo/model/quick-add/quick-add'
import type { Profile } from '@todo/model/api'
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
import { type QuickAddChoices, usualReminders } from './quick-add-defaults.ts'
import { useReader, wantReader } from './read-line.ts'

/** A line is its person's, who may not be the next one to sign in here. */
const draftKey = ({ inboxId }: Pick<Profile, 'inboxId'>): string => `quick-add ${inboxId}`
const NONE: readonly PlainPart[] = []

export interface QuickAddState {
  line: string
  setLine: (line: string) => void
  /** What the line says. */
  read: QuickAdd
  choices: QuickAddChoices
  choose: (change: Partial<QuickAddChoices>) => void
  /** Leaves what was understood in the title as plain text. */
  keepPlain: (part: QuickAddPart) => void
  submit: () => Promise<Pick<Task, 'id' | 'title'> | null>
}

/**
 * The line, what was read in it and the chips. The line outlives a reload, and comes back when the server refuses
 * the task.
 */
export function useQuickAdd(defaults: QuickAddChoices, initialLine: string): QuickAddState {
  const key = draftKey(usePerson())
  const [line, setLine] = useState(() => initialLine || (sessionStorage.getItem(key) ?? ''))
  const { choicesBeside, choose, forget } = useChoices(defaults)
  const [plain, setPlain] = useState<readonly PlainPart[]>(NONE)
  const isAdding = useRef(false)
  const add = useAdd()
  const today = useToday()
  const reader = useReader(plain)
  const read = useMemo(() => reader.read(line), [line, reader])

  useEffect(() => {
    if (line === '') return sessionStorage.removeItem(key)
    sessionStorage.setItem(key, line)
    wantReader()
  }, [line, key])

  const submit = async () => {
    if (line.trim() === '' || isAdding.current) return null
    isAdding.current = true
    // The line stays until all that makes a task of it has been fetched.
    const readNow = (await reader.whenThere())(line)
    const task = await newTaskOf(readNow, choicesBeside(readNow), today)
    isAdding.current = false
    setLine('')
    forget()
    setPlain(NONE)
    void add(task, line)
    return task
  }
  return {
    line,
    setLine,
    read,
    choices: choicesBeside(read),
    choose,
    keepPlain: ({ kind, text }) => setPlain((current) => [...current, { kind, text }]),
    submit,
  }
}

/** What the view gives a new task, what was chosen in its place, and the usual reminder where none was. */
function useChoices(defaults: QuickAddChoices) {
  const { defaultReminder } = usePerson()
  const [changes, setChanges] = useState<Partial<QuickAddChoices>>({})
  return {
    choicesBeside: (read: QuickAdd): QuickAddChoices => {
      const choices = { ...defaults, ...changes }
      if (changes.reminders) return choices
      const usual = usualReminders(read, choices.due, defaultReminder)
      return { ...choices, reminders: usual, areUsual: usual.length > 0 }
    },
    choose: (change: Partial<QuickAddChoices>) => setChanges((current) => ({ ...current, ...change })),
    forget: () => setChanges({}),
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
      if (isOver) sessionStorage.setItem(draftKey({ inboxId }), line)
      return notify(`“${task.title}” was not added`, {
        tone: 'error',
        description: describeError(error),
        durationMs: 60_000,
        ...(!isOver && { action: { label: 'Edit', run: () => dialogs.open({ kind: 'quick-add', text: line }) } }),
      })
    })
}
