import { expect, test } from 'vitest'
import { groupTasks, type Grouping } from '../src/features/task-list/list-items.ts'
import { viewItems } from '../src/features/task-list/view-items.ts'
import { aTask, dueOn } from './a-task.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const context = { now, today: '2026-11-23', locale: 'en-GB', timeZone: 'Europe/Lisbon' }
const days = ['2026-11-20', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-27', '2027-01-01']
const tasks = [...days.map((day) => aTask({ id: day, due: dueOn(day) })), aTask({ id: 'undated' })]
const headers = (grouping: Grouping) =>
  groupTasks(tasks, grouping, context).flatMap((item) => (item.kind === 'header' ? [`${item.name} ${item.count}`] : []))

test('tasks in the order of their days are cut into periods, with how many there are in each', () => {
  expect(headers('period')).toEqual(['Overdue 2', 'Today 1', 'Tomorrow 1', 'Next 7 days 1', 'Later 1', 'No due date 1'])
})

test('Upcoming has a header for each day', () => {
  expect(headers('day')).toEqual(['Overdue 2', 'Today 1', 'Tomorrow 1', 'Friday 1', 'Friday 1', 'No due date 1'])
})

test('a time of another zone is under the day that it is here', () => {
  const lateInNewYork = aTask({ due: dueOn('2026-11-23', '23:00', 'America/New_York') })
  const [header, item] = groupTasks([lateInNewYork], 'day', context)
  expect(header).toMatchObject({ name: 'Tomorrow', count: 1 })
  expect(item).toMatchObject({ day: '2026-11-24' })
})

test('a time of today that has passed is overdue, as the counts have it', () => {
  const ofToday = ['09:00', '15:00', null].map((time) => aTask({ id: String(time), due: dueOn('2026-11-23', time) }))
  const names = groupTasks(ofToday, 'overdue-today', context).map((item) => item.key)
  expect(names).toEqual(['overdue', '09:00', '2026-11-23', '15:00', 'null'])
})

test('a list that is sorted otherwise is not cut', () => {
  expect(headers('none')).toEqual([])
})

test('completed tasks stay folded at the end until they are asked for', () => {
  const section = { tasks, hasNextPage: false }
  const kinds = (isShown: boolean) =>
    viewItems({ tasks: [], hasNextPage: false, grouping: 'none' }, { ...section, isShown }, context).map(
      ({ kind }) => kind,
    )
  expect(kinds(false)).toEqual(['completed-toggle'])
  expect(kinds(true)).toHaveLength(1 + tasks.length)
})
