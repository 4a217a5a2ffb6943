import { LIMITS } from '@todo/model/task'
import type { ContentLine } from './content-lines.ts'
import type { Entry } from './entries.ts'
import type { ImportedTask } from './import-entry.ts'
import type { Report } from './report.ts'

/** An entry, and the task that it became. */
export interface Imported {
  entry: Entry
  task: ImportedTask
}

interface Relation {
  child: Imported
  parent: Imported
  line: ContentLine
}

/**
 * RELATED-TO: a child with nothing but a title becomes a subtask of its parent. One that has more, which a subtask
 * cannot have, stays a task of its own, so that nothing is lost; that it belonged to another is reported.
 */
export function nestSubtasks(imported: Imported[], report: Report): ImportedTask[] {
  const relations = relationsIn(imported, report)
  const parents = new Set(relations.map(({ parent }) => parent))
  const nested = new Set<Imported>()
  for (const { child, parent, line } of relations) {
    const obstacle = obstacleTo(child, parent, parents)
    if (obstacle) report.add(line, obstacle)
    else {
      nested.add(child)
      const { importId, completedAt, task } = child.task
      parent.task.task.subtasks.push({ id: importId, title: task.title, completedAt })
      parent.task.nested.push(child.task)
    }
  }
  return imported.filter((one) => !nested.has(one)).map(({ task }) => task)
}

/** Each child once, with its first parent. */
function relationsIn(imported: Imported[], report: Report): Relation[] {
  const byUid = new Map(imported.filter(({ entry }) => !entry.recurrenceId).map((one) => [one.entry.uid, one]))
  const relations = new Map<Imported, Relation>()
  for (const one of imported) {
    for (const line of one.entry.properties.all('RELATED-TO')) {
      const type = line.params.get('RELTYPE')?.toUpperCase() ?? 'PARENT'
      const other = byUid.get(line.value.trim())
      const [child, parent] = type === 'CHILD' ? [other, one] : [one, other]
      if (type !== 'PARENT' && type !== 'CHILD') report.add(line, `tasks are not related as ${type.slice(0, 40)} here`)
      else if (!child || !parent || child === parent) report.add(line, 'the task that it belongs to is not in the file')
      else if (!relations.has(child)) relations.set(child, { child, parent, line })
      else if (relations.get(child)?.parent !== parent)
        report.add(line, 'a subtask belongs to one task: the first is kept')
    }
  }
  return [...relations.values()]
}

function obstacleTo(child: Imported, parent: Imported, parents: Set<Imported>): string | null {
  const own = 'it became a task of its own'
  if (parents.has(child)) return `it has subtasks, which a subtask cannot have: ${own}`
  const { notes, due, reminders, tags, priority } = child.task.task
  const more = [
    notes !== '' && 'notes',
    due && 'a due date',
    reminders.length > 0 && 'reminders',
    tags.length > 0 && 'tags',
    priority !== 'medium' && 'a priority',
  ].filter((what) => typeof what === 'string')
  if (more.length > 0) return `it has ${more.join(', ')}, which a subtask cannot have: ${own}`
  if (parent.task.task.subtasks.length >= LIMITS.subtasks)
    return `a task has at most ${LIMITS.subtasks} subtasks: ${own}`
  return null
}
