import { describe, expect, it } from 'vitest'
import { parseEvent } from '@todo/model/parse-event'
import { createEvent, derivedEventId } from '../src/create-event.ts'

const TASK = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
const data = { userId: TASK, deletedAt: '2026-12-01T08:00:00.000Z' }
const origin = { now: new Date('2026-12-01T08:00:00Z'), source: 'backend' as const }

describe('createEvent', () => {
  it('makes an event that parseEvent reads back unchanged', () => {
    const event = createEvent('account.deleted', TASK, data, { ...origin, traceparent: '00-aa-bb-01' })
    expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual({ ok: true, name: 'account.deleted', event })
    expect(event).toMatchObject({ type: 'todo.account.deleted.v1', partitionkey: TASK, time: data.deletedAt })
  })

  it('draws a new id in time order for each event, unless it is given one', () => {
    const ids = [1, 2, 3].map(() => createEvent('account.deleted', TASK, data, origin).id)
    expect(new Set(ids).size).toBe(3)
    expect(ids.toSorted()).toEqual(ids)
    expect(createEvent('account.deleted', TASK, data, { ...origin, id: TASK }).id).toBe(TASK)
  })

  it('leaves traceparent out when there is none', () => {
    expect(createEvent('account.deleted', TASK, data, { ...origin, traceparent: undefined })).not.toHaveProperty(
      'traceparent',
    )
  })
})

describe('derivedEventId', () => {
  it('names the same event for the same cause, and another for any other', () => {
    expect(derivedEventId('a', 1)).toBe(derivedEventId('a', 1))
    expect(derivedEventId('a', 1)).not.toBe(derivedEventId('a', 2))
    expect(derivedEventId('a', 'bc')).not.toBe(derivedEventId('ab', 'c'))
  })
})
