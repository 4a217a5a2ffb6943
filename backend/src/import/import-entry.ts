import type { z } from 'zod'
import { CreateTask } from '@todo/model/task'
import type { Entry } from './entries.ts'
import { reportUnkept } from './properties.ts'
import { readReminders } from './reminders.ts'
import { readSeries } from './series.ts'
import { readCompletion, readPriority } from './status.ts'
import { readTags, titleAndNotes } from './texts.ts'
import { onPersonsClock, readTimes, toDue } from './times.ts'
import { readText, type When } from './values.ts'

const Content = CreateTask.required({ reminders: true })
type Content = z.infer<typeof Content>

/** A task that the file had. */
export interface ImportedTask {
  /** UUIDv5 of the person, the UID and the RECURRENCE-ID: the same file twice has the same ids. It is also the task's id. */
  importId: string
  /** Line of the file where it begins, from 1. */
  line: number
  /** With its own reminders, which may be none: the default of the profile is for what a person makes. */
  task: Content
  completedAt: string | null
  /** Those that became its subtasks. */
  nested: ImportedTask[]
}

/** One VTODO or VEVENT as a task; null where there is none to make, which is reported. */
export function importEntry(entry: Entry, replaced: readonly When[]): ImportedTask | null {
  const { kind, component, properties, context, importId } = entry
  const { report, timeZone } = context
  const { begin } = component
  const { completedAt, isCancelled } = readCompletion(properties, context)
  if (isCancelled) {
    const title = properties.one('SUMMARY')?.value ?? ''
    report.add({ line: begin.line, text: `${begin.text} ${title}` }, 'it was cancelled, so there is nothing to do')
    return null
  }
  const times = readTimes(kind, properties, context)
  const series = completedAt ? endedSeries(entry) : readSeries({ kind, properties, times, replaced }, context)
  const when = series?.due ?? (times.due && onPersonsClock(times.due, timeZone))
  const due = when && toDue(when, timeZone)
  const title = readText(properties.one('SUMMARY')?.value ?? '')
  const description = readText(properties.one('DESCRIPTION')?.value ?? '')
  const base = { title, description, times, due, isRecurring: series !== null, isCompleted: completedAt !== null }
  const draft = {
    id: importId,
    ...titleAndNotes(properties, begin, times.inWords, report),
    priority: readPriority(properties, context),
    tags: readTags(properties, report),
    due,
    recurrence: series?.recurrence ?? null,
    reminders: readReminders(component, base, context),
  }
  reportClass(entry)
  reportUnkept(component, report)
  const task = Content.safeParse(draft)
  if (task.success) return { importId, line: begin.line, task: task.data, completedAt, nested: [] }
  const problems = task.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  report.add(begin, `it cannot be a task: ${problems.join('; ')}`)
  return null
}

/** What is done repeats no more. */
function endedSeries({ properties, context: { report } }: Entry): null {
  const rule = properties.one('RRULE')
  if (rule) report.add(rule, 'the task is completed, so it repeats no more')
  return null
}

function reportClass({ properties, context: { report } }: Entry): void {
  const line = properties.one('CLASS')
  if (line && line.value.trim().toUpperCase() !== 'PUBLIC') {
    report.add(line, 'a task is seen by those who see its list: put it into a list of your own')
  }
}
