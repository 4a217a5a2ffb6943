import { expect, test, vi } from 'vitest'
import { MarkNotifications, NotificationQuery, PatchProfile, PatchTag, ReorderTask } from '../src/api.ts'
import { TaskBatch } from '../src/task-batch.ts'

const id = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'

test('a batch names its action and its tasks', () => {
  expect(TaskBatch.parse({ action: 'complete', ids: [id.toUpperCase()] })).toEqual({ action: 'complete', ids: [id] })
  expect(TaskBatch.parse({ action: 'move', ids: [id], listId: id })).toMatchObject({ listId: id })
  expect(TaskBatch.parse({ action: 'reorder', ids: [id] })).toMatchObject({ after: null })
})

test.each([
  [
    { action: 'explode', ids: [id] },
    'must have action complete, skip, reopen, delete, restore, change, move or reorder',
  ],
  [{ action: 'delete', ids: [] }, 'must name at least one task'],
  [{ action: 'delete', ids: Array.from({ length: 501 }, () => id) }, 'must be at most 500 tasks'],
])('the batch %# is refused with what would be right', (batch, message) => {
  expect(TaskBatch.safeParse(batch).error?.issues[0]?.message).toBe(message)
})

test('a move says where to', () => {
  expect(TaskBatch.safeParse({ action: 'move', ids: [id] }).success).toBe(false)
  expect(ReorderTask.parse({})).toEqual({ after: null })
})

test('a profile changes only in what is sent, to values that exist', () => {
  expect(PatchProfile.parse({ name: ' Ada ', locale: 'pt-BR', timeZone: 'Europe/Lisbon', weekStart: 7 })).toEqual({
    name: 'Ada',
    locale: 'pt-BR',
    timeZone: 'Europe/Lisbon',
    weekStart: 7,
  })
  const wrong = PatchProfile.safeParse({ name: ' ', locale: 'english!', timeZone: 'Here', weekStart: 0 })
  expect(wrong.error?.issues.map((issue) => issue.message)).toEqual([
    'must not be empty',
    'must be an IANA time zone, such as Europe/Lisbon',
    'must be a BCP 47 language tag, such as en-GB',
    'must be 1 (Monday) to 7 (Sunday)',
  ])
})

test('quiet hours begin and end, a digest has its time, and a default reminder comes before due', () => {
  const night = { quietHours: { from: '22:00', to: '07:00' }, digestAt: '06:30', defaultReminder: 0 }
  expect(PatchProfile.parse(night)).toEqual(night)
  const none = { quietHours: null, digestAt: null, defaultReminder: null }
  expect(PatchProfile.parse(none)).toEqual(none)
  const wrong = PatchProfile.safeParse({
    quietHours: { from: '22:00', to: '22:00' },
    digestAt: '7:00',
    defaultReminder: -1,
  })
  expect(wrong.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['quietHours', 'must begin and end at different times'],
    ['digestAt', 'must be a time of day, such as 09:00'],
    ['defaultReminder', 'must be 0 minutes or more'],
  ])
})

test('a failure that is not about the language tag is not taken for a wrong one', () => {
  const lookUp = vi.spyOn(Intl, 'getCanonicalLocales').mockImplementation(() => {
    throw new TypeError('no locale data')
  })
  expect(() => PatchProfile.parse({ locale: 'en' })).toThrow('no locale data')
  lookUp.mockRestore()
})

test('notifications come 30 at a time, and all are marked unless some are named', () => {
  expect(NotificationQuery.parse({})).toEqual({ state: 'all', limit: 30 })
  expect(NotificationQuery.safeParse({ limit: '101' }).success).toBe(false)
  expect(MarkNotifications.parse({})).toEqual({ read: true })
})

test('a tag is renamed to a word', () => {
  expect(PatchTag.parse({ name: 'home', color: null })).toEqual({ name: 'home', color: null })
  expect(PatchTag.safeParse({ name: 'at home' }).success).toBe(false)
})
