import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { CreateTask } from '@todo/model/task'
import { parseCalendar, type ImportedTask, type ParsedCalendar } from '../../src/import/parse-calendar.ts'

export const options = { userId: 'user-1', timeZone: 'Europe/Berlin', now: new Date('2026-12-01T08:00:00Z') }

export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.ics`, import.meta.url), 'utf8')
}

/** A calendar of these lines; the first of them is line 3 of the file. */
export function calendar(...lines: string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

/** One task of a calendar. */
export function vtodo(...lines: string[]): string[] {
  return ['BEGIN:VTODO', ...lines, 'END:VTODO']
}

/** A calendar with one task of these lines; the first of them is line 6 of the file. */
export function todo(...lines: string[]): string {
  return todoIn([], ...lines)
}

/** The same in a calendar with properties, each of them a line before. */
export function todoIn(properties: string[], ...lines: string[]): string {
  return calendar(...properties, ...vtodo('UID:1', 'SUMMARY:Call', ...lines))
}

export function event(...lines: string[]): string {
  return calendar('BEGIN:VEVENT', 'UID:1', 'SUMMARY:Call', ...lines, 'END:VEVENT')
}

export function read(text: string, changed: Partial<typeof options> = {}): ParsedCalendar {
  return parseCalendar(text, { ...options, ...changed })
}

/** The only task of a calendar. */
export function only(text: string, changed: Partial<typeof options> = {}): ImportedTask {
  const { tasks } = read(text, changed)
  if (tasks.length !== 1) throw new Error(`one task was expected, there are ${tasks.length}`)
  return tasks[0]!
}

/** `6: why`, without the content of the lines. */
export function reasons(text: string, changed: Partial<typeof options> = {}): string[] {
  return read(text, changed).notKept.map(({ line, reason }) => `${line}: ${reason}`)
}

/** What a program's file becomes: its tasks without their ids, and what is not kept as `6: why`. */
export function imported(name: string, changed: Partial<typeof options> = {}) {
  const { tasks } = read(fixture(name), changed)
  for (const { task, importId } of tasks) expect(CreateTask.parse(task)).toEqual({ ...task, id: importId })
  return {
    tasks: tasks.map(({ task, completedAt, line }) => ({ ...withoutId(task), completedAt, line })),
    notKept: reasons(fixture(name), changed),
  }
}

function withoutId({ id, ...task }: CreateTask): Omit<CreateTask, 'id'> {
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  return task
}
