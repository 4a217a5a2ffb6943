import { expect } from 'vitest'
import type { CreateTask } from '@todo/model/task'
import { imported, options } from './calendar-text.ts'

/** How each file was made, and what was entered into the program, is in the README of their folder. */
export const writtenBy = (program: string) => `written-by/${program}`

type Task = Partial<CreateTask> & { completedAt?: string | null }

/** All that a task has; what is not said is empty. */
const whole = (task: Task) => ({
  notes: '',
  priority: 'medium',
  tags: [],
  due: null,
  recurrence: null,
  reminders: [],
  subtasks: [],
  completedAt: null,
  line: expect.any(Number),
  ...task,
})

/** Exactly these tasks, and exactly these lines as not kept. */
export function expectImport(program: string, tasks: Task[], notKept: string[], timeZone = options.timeZone): void {
  const found = imported(writtenBy(program), { timeZone })
  expect(found.tasks).toEqual(tasks.map(whole))
  expect(found.notKept).toEqual(notKept)
}

export const day = (date: string) => ({ date, time: null, timeZone: null })
export const at = (date: string, time: string, timeZone = 'Europe/Berlin') => ({ date, time, timeZone })
export const before = (minutesBefore: number) => ({ kind: 'relative' as const, minutesBefore })
export const repeats = (rule: string, start: string, exceptions: string[] = []) => ({
  rule,
  anchor: 'due' as const,
  start,
  exceptions,
  additions: [],
})

export const OWN_NAME = 'the tasks go into the list that you chose, which keeps its name'
export const ONE_WORD = 'a tag is one word: “Große Dinge” became Große-Dinge'
export const PLACE = 'a task has no coordinates; a LOCATION would be in its notes'

export const TECHNICIAN =
  'Der Techniker von Nyström & Söhne kommt zwischen 14 und 16 Uhr; vorher den Keller aufräumen, die Rechnung vom letzten Jahr heraussuchen und nach dem Druck fragen.\nDann: Termin für 2027 \\ 2028'
export const METERS =
  'Zählerstände vorher ablesen: Strom, Gas, Wasser. Die Schlüssel gehen an Frau Nyström; zwei für die Haustür und einer für den Keller.'
export const MOVE = `${METERS}\nKühlschrank abtauen \\ Gefrierfach leeren`
