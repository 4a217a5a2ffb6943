import { describe, expect, test } from 'vitest'
import { EventStreamReader } from '../src/features/live/event-stream.ts'

const STREAM = [
  'retry: 1000\nevent: ready\ndata: {"id":"a-1"}\n\n',
  ': still here\nid: a-2\n\n',
  'id: a-3\nevent: task.changed\ndata: {"taskId":"t"}\n\n',
  'data: one\r\ndata: two\r\n\r\n',
].join('')

describe('an event stream', () => {
  test('is cut into its events, wherever the pieces that it comes in end', () => {
    for (let size = 1; size <= STREAM.length; size += 1) {
      const reader = new EventStreamReader()
      const pieces = STREAM.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []
      expect(pieces.flatMap((piece) => reader.push(piece))).toEqual([
        { type: 'ready', data: '{"id":"a-1"}' },
        { type: 'task.changed', data: '{"taskId":"t"}' },
        { type: 'message', data: 'one\ntwo' },
      ])
      expect(reader.lastEventId).toBe('a-3')
    }
  })

  test('moves its last id on with a beat that says nothing, but not before the beat is whole', () => {
    const reader = new EventStreamReader()
    expect(reader.push(': still here\nid: a-2\n')).toEqual([])
    expect(reader.lastEventId).toBe('')
    expect(reader.push('\n')).toEqual([])
    expect(reader.lastEventId).toBe('a-2')
  })
})
