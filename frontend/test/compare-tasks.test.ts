import { expect, test } from 'vitest'
import type { TaskListQuery } from '../src/api/task-list-query.ts'
import { taskOrder } from '../src/features/tasks/compare-tasks.ts'
import { aTask, dueOn } from './a-task.ts'

const sorted = (query: Partial<TaskListQuery>, ...tasks: Parameters<typeof aTask>[0][]) =>
  tasks
    .map((fields) => aTask(fields))
    .toSorted(taskOrder({ state: 'open', ...query })!)
    .map(({ id }) => id)
    .join(' ')

test('a day without a time comes after the timed ones of that day', () => {
  const day = '2026-12-01'
  const tasks = [
    { id: 'allday', due: dueOn(day) },
    { id: 'late', due: dueOn(day, '23:59') },
    { id: 'early', due: dueOn(day, '08:00') },
  ]
  expect(sorted({ sort: 'due' }, ...tasks)).toBe('early late allday')
})

test('within a priority what is due first comes first, and what is not due last', () => {
  const tasks = [
    { id: 'undated', priority: 'high' },
    { id: 'low', priority: 'low' },
    { id: 'later', priority: 'high', due: dueOn('2026-12-02') },
    { id: 'sooner', priority: 'high', due: dueOn('2026-12-01') },
  ] as const
  expect(sorted({ sort: 'priority', order: 'desc' }, ...tasks)).toBe('sooner later undated low')
})

test('titles are in order whatever their accents and letter case', () => {
  const tasks = [
    { id: 'b', title: 'bread' },
    { id: 'e', title: 'Éclair' },
    { id: 'd', title: 'Dill' },
    { id: 'f', title: 'figs' },
  ]
  expect(sorted({ sort: 'title' }, ...tasks)).toBe('b d e f')
})

test('best match first is known to the server alone', () => {
  expect(taskOrder({ state: 'open', q: 'rent' })).toBeNull()
})
