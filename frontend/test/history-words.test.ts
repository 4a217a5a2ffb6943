import { expect, test } from 'vitest'
import { historySentences } from '../src/features/edit-task/history-words.ts'

test('history says who changed what from what to what', () => {
  const actor = { kind: 'user', id: 'u', name: 'Ada' } as const
  const say = (_field: string, value: unknown) => String(value)
  const words = (changes: Record<string, [unknown, unknown]>, type = 'task.updated') =>
    historySentences({ type, actor, changes }, say)
  expect(words({ priority: ['Medium', 'High'] })).toEqual(['Ada changed the priority from Medium to High'])
  expect(words({ due: [null, 'tomorrow'] })).toEqual(['Ada set the due date to tomorrow'])
  expect(words({ notes: ['long', ''] })).toEqual(['Ada cleared the notes'])
  expect(words({ channel: [null, 'email'] }, 'reminder.delivered')).toEqual(['The reminder was delivered by e-mail'])
  expect(words({}, 'reminder.due')).toEqual(['A reminder came due'])
  expect(words({}, 'task.completed')).toEqual(['Ada completed it'])
})
