import { describe, expect, test } from 'vitest'
import { PendingChanges } from '../src/features/tasks/pending-changes.ts'
import { aTask } from './a-task.ts'

const base = aTask({ title: 'Old', version: 1 })
const titled = (title: string) => (task: typeof base | null) => task && { ...task, title }

describe('changes that the server has not answered', () => {
  test('are on screen at once and gone again when refused', () => {
    const pending = new PendingChanges()
    expect(pending.begin(base.id, 'm1', base, titled('New'))?.title).toBe('New')
    expect(pending.settle(base.id, 'm1')?.title).toBe('Old')
  })

  test('outlive the answer to another change of the same task', () => {
    const pending = new PendingChanges()
    pending.begin(base.id, 'm1', base, titled('First'))
    pending.begin(base.id, 'm2', base, (task) => task && { ...task, priority: 'high' })
    const shown = pending.settle(base.id, 'm1', { ...base, title: 'First', version: 2 })
    expect(shown).toMatchObject({ title: 'First', priority: 'high', version: 2 })
  })

  test('lie over what somebody else changed meanwhile, and a refusal leaves that change standing', () => {
    const pending = new PendingChanges()
    pending.begin(base.id, 'm1', base, titled('Mine'))
    expect(pending.rebase({ ...base, notes: 'Theirs', version: 2 })).toMatchObject({ title: 'Mine', notes: 'Theirs' })
    expect(pending.settle(base.id, 'm1')).toMatchObject({ title: 'Old', notes: 'Theirs' })
  })

  test('take a task that could not be made off the screen', () => {
    const pending = new PendingChanges()
    expect(pending.begin('new', 'm1', null, () => base)).toBe(base)
    expect(pending.settle('new', 'm1')).toBeNull()
  })

  test('do not let an older answer replace a newer one', () => {
    const pending = new PendingChanges()
    pending.begin(base.id, 'm1', base, titled('A'))
    pending.rebase({ ...base, notes: 'newer', version: 3 })
    expect(pending.settle(base.id, 'm1', { ...base, version: 2 })).toMatchObject({ notes: 'newer', version: 3 })
  })
})
