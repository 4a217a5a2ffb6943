import { tagKey } from '@todo/model/tag-key'
import type { Overview } from '@todo/model/api'
import type { Task } from '@todo/model/task'

import { dueHere } from '../dates/due-here.ts'
import { type DueContext, isOverdue } from '../dates/due-phrase.ts'

type Counted = Task | null

/** The counts of the sidebar after a task went from one state to another, until the server has counted again. */
export function shiftOverview(
  overview: Overview,
  before: Counted,
  after: Counted,
  { clock, inboxId }: { clock: Omit<DueContext, 'locale'>; inboxId: string },
): Overview {
  const shift = (belongs: (task: Task) => boolean) => Number(counts(after, belongs)) - Number(counts(before, belongs))
  const { counts: old } = overview
  const dayOf = ({ due }: Task) => due && dueHere(due, clock.timeZone).date
  return {
    ...overview,
    counts: {
      inbox: old.inbox + shift((task) => task.listId === inboxId),
      today: old.today + shift((task) => (dayOf(task) ?? '~') <= clock.today),
      overdue: old.overdue + shift(({ due }) => due !== null && isOverdue(due, clock)),
      upcoming: old.upcoming + shift((task) => (dayOf(task) ?? '') > clock.today),
      all: old.all + shift(() => true),
    },
    lists: overview.lists.map((list) =>
      adjust(
        list,
        shift((task) => task.listId === list.id),
      ),
    ),
    tags: overview.tags.map((tag) =>
      adjust(
        tag,
        shift((task) => hasTag(task, tag.name)),
      ),
    ),
  }
}

function counts(task: Counted, belongs: (task: Task) => boolean): boolean {
  return task !== null && task.completedAt === null && task.deletedAt === null && belongs(task)
}

const hasTag = (task: Task, name: string) => task.tags.some((tag) => tagKey(tag) === tagKey(name))

function adjust<T extends { openTasks: number }>(item: T, by: number): T {
  return by === 0 ? item : { ...item, openTasks: Math.max(0, item.openTasks + by) }
}
