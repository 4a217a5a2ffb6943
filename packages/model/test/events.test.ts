import { expect, test } from 'vitest'
import { EVENT_NAMES, eventName, events, eventType, TOPICS } from '../src/events.ts'
import { parseEvent } from '../src/parse-event.ts'

const id = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
const origin = { actor: { kind: 'user', id }, clientId: null, mutationId: null, batchId: null }
const change = {
  taskId: id,
  listId: id,
  userId: id,
  title: 'Pay rent',
  version: 2,
  changes: { title: ['a', 'b'] },
  ...origin,
}

const envelope = {
  specversion: '1.0',
  id,
  source: 'backend',
  type: 'todo.task.updated.v1',
  subject: id,
  time: '2026-12-01T08:00:00.000Z',
  datacontenttype: 'application/json',
  partitionkey: id,
}

test('every event has a topic, a summary and a type of its own that leads back to it', () => {
  for (const name of EVENT_NAMES) {
    expect(TOPICS).toContain(events[name].topic)
    expect(events[name].summary).not.toBe('')
    expect(eventName(eventType(name))).toBe(name)
  }
  expect(new Set(EVENT_NAMES.map(eventType)).size).toBe(EVENT_NAMES.length)
  expect(eventType('task.completed')).toBe('todo.task.completed.v1')
})

test('an event that came over a bus is read', () => {
  expect(parseEvent({ ...envelope, data: change })).toEqual({
    ok: true,
    name: 'task.updated',
    event: { ...envelope, data: change },
  })
})

test('fields that this code does not know are dropped, the trace is kept', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const parsed = parseEvent({ ...envelope, traceparent, newer: 1, data: { ...change, newer: 1 } })
  expect(parsed).toEqual({ ok: true, name: 'task.updated', event: { ...envelope, traceparent, data: change } })
})

test('a content type that is left out is JSON', () => {
  const { datacontenttype: _, ...rest } = envelope
  expect(parseEvent({ ...rest, data: change })).toMatchObject({
    ok: true,
    event: { datacontenttype: 'application/json' },
  })
})

test.each(['todo.task.updated.v2', 'todo.task.exploded.v1', 'task.updated'])('%s is an unknown type', (type) => {
  expect(parseEvent({ ...envelope, type, data: change })).toEqual({
    ok: false,
    reason: 'unknown-type',
    message: `no event is declared for ${type}`,
  })
})

test.each([null, 'text', [], {}, { ...envelope, specversion: '0.3', data: change }, { ...envelope, subject: '' }])(
  'the envelope of %o is malformed',
  (input) => {
    expect(parseEvent(input)).toMatchObject({ ok: false, reason: 'malformed' })
  },
)

test('data that does not fit is malformed, and the message says where', () => {
  const parsed = parseEvent({ ...envelope, data: { ...change, version: 0 } })
  expect(parsed).toMatchObject({ ok: false, reason: 'malformed' })
  expect(parsed).toHaveProperty('message', expect.stringContaining('version'))
})
