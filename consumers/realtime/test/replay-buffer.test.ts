import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NoticeStream } from '../src/notice-stream.ts'
import { ReplayBuffer } from '../src/replay-buffer.ts'
import type { NoticeEvent } from '../src/replay-buffer.ts'
import { Streams } from '../src/streams.ts'
import { taskChanged } from './realtime-service.ts'

const aNotice = (data = {}) => taskChanged(['ada'], data) as unknown as NoticeEvent

it('a replay is exactly what came after an id, or it says that it cannot be known', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 60 }),
      fc.nat(60),
      (capacity, total, from) => {
        fc.pre(from <= total)
        const buffer = new ReplayBuffer({ epoch: 'e1', capacity })
        const told = Array.from({ length: total }, () => buffer.append(aNotice())!)
        const expected = total - from <= capacity ? told.slice(from) : null
        expect(buffer.since(`e1-${from}`)?.map(({ frame }) => frame) ?? null).toEqual(
          expected?.map(({ frame }) => frame) ?? null,
        )
        expect(buffer.since(`e1-${total + 1}`)).toBeNull()
        expect(buffer.since(`e2-${from}`)).toBeNull()
      },
    ),
  )
})

it('a notice that was evicted and comes again is told again: nothing remembers it', () => {
  const buffer = new ReplayBuffer({ epoch: 'e1', capacity: 2 })
  const first = aNotice()
  expect(buffer.append(first)).not.toBeNull()
  expect(buffer.append(first)).toBeNull()
  buffer.append(aNotice())
  buffer.append(aNotice())
  expect(buffer.append(first)).not.toBeNull()
})

it('a replay that would be larger than fetching afresh is not made', () => {
  const streams = new Streams(new ReplayBuffer({ epoch: 'e1', capacity: 100 }))
  for (let n = 0; n < 30; n++) streams.broadcast(aNotice({ fields: ['x'.repeat(10_000)] }))
  const greeting = streams.open('ada', 'e1-0').body.read().toString()
  expect(greeting).toContain('event: reset')
  expect(greeting.length).toBeLessThan(1_000)
})

it('a reader that takes nothing from one beat to the next but one has gone', () => {
  const stream = new NoticeStream()
  stream.beat('e1-0')
  stream.beat('e1-0')
  stream.body.read()
  stream.beat('e1-0')
  expect(stream.body.destroyed).toBe(false)
  stream.beat('e1-0')
  stream.beat('e1-0')
  expect(stream.body.destroyed).toBe(true)
})
