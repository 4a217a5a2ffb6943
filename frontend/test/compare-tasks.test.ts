import { expect, test } from 'vitest'
import type { TaskListQuery } from '../src/api/task-list-query.ts'
import { taskOrder, titleRules } from '../src/features/tasks/compare-tasks.ts'
import { aTask, dueOn } from './a-task.ts'

const sorted = (query: Partial<TaskListQuery>, ...tasks: Parameters<typeof aTask>[0][]) =>
  tasks
    .map((fields) => aTask(fields))
    .toSorted(taskOrder({ state: 'open', ...query }, 'Europe/Lisbon')!)
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

test('what is due is in the order of its moments, whatever zone it was entered in', () => {
  const tasks = [
    { id: 'undated' },
    { id: '2nd', due: dueOn('2027-05-02') },
    { id: '2nd-04:00', due: dueOn('2027-05-01', '23:00', 'America/New_York') },
    { id: '1st-19:00', due: dueOn('2027-05-02', '06:00', 'Pacific/Auckland') },
    { id: '2nd-03:00', due: dueOn('2027-05-02', '03:00', 'Europe/Lisbon') },
    { id: '1st', due: dueOn('2027-05-01') },
    { id: '2nd-00:00', due: dueOn('2027-05-02', '08:00', 'Asia/Tokyo') },
  ]
  const dated = ['1st-19:00', '1st', '2nd-00:00', '2nd-03:00', '2nd-04:00', '2nd']
  expect(sorted({ sort: 'due' }, ...tasks)).toBe([...dated, 'undated'].join(' '))
  expect(sorted({ sort: 'due', order: 'desc' }, ...tasks)).toBe([...dated.toReversed(), 'undated'].join(' '))
  expect(sorted({ sort: 'priority', order: 'desc' }, ...tasks)).toBe([...dated, 'undated'].join(' '))
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

test('titles are in order whatever their accents, letter case and letters of other languages', async () => {
  await titleRules.preload()
  const tasks = [
    { id: 'g', title: 'Øa' },
    { id: 'i', title: 'Pa' },
    { id: 'h', title: 'Ob' },
    { id: 'b', title: 'bread' },
    { id: 'e', title: 'Éclair' },
    { id: 'd', title: 'Dill' },
    { id: 'f', title: 'figs' },
  ]
  expect(sorted({ sort: 'title' }, ...tasks)).toBe('b d e f g h i')
})

test('best match first is known to the server alone', () => {
  expect(taskOrder({ state: 'open', q: 'rent' }, 'UTC')).toBeNull()
})
