import type { TaskPage } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import type { InfiniteData } from '@tanstack/react-query'
import type { TaskListQuery } from '../../api/task-list-query.ts'
import { taskOrder } from './compare-tasks.ts'

export type TaskPages = InfiniteData<TaskPage, string | undefined>

/** Swaps a task for its newer self where it stands; the same object when it is not there. */
export function replaceTask(data: TaskPages, task: Task): TaskPages {
  return mapPageOf(data, task.id, (items, index) => items.with(index, task))
}

export function removeTask(data: TaskPages, taskId: string): TaskPages {
  return mapPageOf(data, taskId, (items, index) => items.toSpliced(index, 1))
}

/** Puts a task where the order of the list wants it. Past the last loaded page it is left out: it comes with its page. */
export function insertTask(data: TaskPages, task: Task, query: TaskListQuery, timeZone: string): TaskPages {
  const current = findTask(data, task.id)
  const compare = taskOrder(query, timeZone)
  if (!compare) return current ? replaceTask(data, task) : data
  if (current && compare(current, task) === 0) return replaceTask(data, task)
  const rest = removeTask(data, task.id)
  for (const [pageIndex, page] of rest.pages.entries()) {
    const index = page.items.findIndex((other) => compare(other, task) > 0)
    const isEnd = pageIndex === rest.pages.length - 1 && page.nextCursor === null
    if (index === -1 && !isEnd) continue
    const items = page.items.toSpliced(index === -1 ? page.items.length : index, 0, task)
    return { ...rest, pages: rest.pages.with(pageIndex, { ...page, items }) }
  }
  return rest
}

export function findTask(data: TaskPages, taskId: string): Task | undefined {
  for (const page of data.pages) {
    const found = page.items.find((task) => task.id === taskId)
    if (found) return found
  }
  return undefined
}

function mapPageOf(data: TaskPages, taskId: string, change: (items: Task[], index: number) => Task[]): TaskPages {
  for (const [pageIndex, page] of data.pages.entries()) {
    const index = page.items.findIndex((task) => task.id === taskId)
    if (index === -1) continue
    return { ...data, pages: data.pages.with(pageIndex, { ...page, items: change(page.items, index) }) }
  }
  return data
}
