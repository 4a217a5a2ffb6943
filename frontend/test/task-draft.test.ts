import { describe, expect, test } from 'vitest'
import { draftOf, patchOf, rebaseDraft } from '../src/features/edit-task/task-draft.ts'
import { duePatch } from '../src/features/recurrence/due-patch.ts'
import { applyPatch, undoPatch } from '../src/features/tasks/patch-task.ts'
import { aTask, dueOn } from './a-task.ts'

const base = draftOf(aTask())

describe('an edited task', () => {
  test('sends only what was changed', () => {
    expect(patchOf(base, { ...base, title: 'New', tags: [] })).toEqual({ title: 'New' })
  })

  test('takes in what was changed elsewhere where it was not touched', () => {
    const result = rebaseDraft(base, { ...base, title: 'Mine' }, { ...base, priority: 'high' })
    expect(result).toMatchObject({ draft: { title: 'Mine', priority: 'high' }, conflicts: [] })
  })

  test('keeps what was typed where both changed it, and asks', () => {
    const result = rebaseDraft(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs' })
    expect(result).toMatchObject({ draft: { title: 'Mine' }, conflicts: ['title'] })
  })

  test('does not ask where both made the same change', () => {
    expect(rebaseDraft(base, { ...base, title: 'Same' }, { ...base, title: 'Same' }).conflicts).toEqual([])
  })
})

describe('a new due date', () => {
  const recurrence = { rule: 'FREQ=DAILY', anchor: 'due', start: '2026-11-01', exceptions: [], additions: [] } as const

  test('of a later occurrence is for that one, and of the first one moves the series', () => {
    const due = dueOn('2026-12-01', '09:00')
    const occurrence = (occurrenceNumber: number) =>
      aTask({ recurrence: { ...recurrence, exceptions: [], additions: [] }, occurrenceNumber })
    expect(duePatch(occurrence(2), due)).toEqual({ due })
    const patch = duePatch(occurrence(1), due)
    expect(patch).toEqual({ due, scope: 'following' })
    expect(undoPatch(aTask({ due: null }), patch)).toEqual({ due: null, scope: 'following' })
    expect(duePatch({ ...occurrence(1), completedAt: '2026-11-02T09:00:00.000Z' }, due)).toEqual({ due })
  })

  test('that is removed takes the rule away', () => {
    const task = aTask({ recurrence: { ...recurrence, exceptions: [], additions: [] } })
    expect(duePatch(task, null)).toEqual({ due: null, recurrence: null })
  })

  test('that is removed takes the reminders away that count back from it, and Undo brings them back', () => {
    const absolute = { id: 'a', kind: 'absolute', at: '2026-12-01T09:00:00.000Z' } as const
    const relative = { id: 'r', kind: 'relative', minutesBefore: 30 } as const
    const task = aTask({ due: dueOn('2026-12-02'), reminders: [relative, absolute] })
    const patch = duePatch(task, null)
    expect(patch).toEqual({ due: null, reminders: [absolute] })
    expect(applyPatch(task, patch)).toMatchObject({ due: null, reminders: [absolute] })
    expect(undoPatch(task, patch)).toEqual({ due: task.due, reminders: task.reminders })
    expect(duePatch(task, dueOn('2026-12-03'))).toEqual({ due: dueOn('2026-12-03') })
  })
})
