import { SpanKind } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { inSpan, NO_TRACER } from '../src/tracing/span.ts'
import { currentTraceparent, newTraceparent, parseTraceparent, traceIdOf } from '../src/tracing/trace-context.ts'

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

describe('a traceparent', () => {
  it('is read as W3C Trace Context has it, and nothing else is', () => {
    expect(parseTraceparent(PARENT)).toEqual({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      flags: 1,
    })
    for (const wrong of [undefined, '', 'x', PARENT.slice(1), `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, 7]) {
      expect(parseTraceparent(wrong)).toBeNull()
    }
    expect(parseTraceparent(newTraceparent())).not.toBeNull()
  })

  it('leads from what is worked on to what that causes, with tracing off too', async () => {
    const seen = await inSpan(NO_TRACER, { name: 'handle', kind: SpanKind.CONSUMER, parent: PARENT }, async (own) => [
      traceIdOf(own),
      traceIdOf(currentTraceparent()),
    ])
    expect(seen).toEqual([traceIdOf(PARENT), traceIdOf(PARENT)])
    expect(currentTraceparent()).toBeUndefined()
  })

  it('is in the log lines of what is worked on, and in no others', async () => {
    const lines: Record<string, unknown>[] = []
    const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
    log.info('before')
    await inSpan(NO_TRACER, { name: 'handle', kind: SpanKind.CONSUMER, parent: PARENT }, async () => log.info('within'))
    expect(lines.map(({ msg, traceId }) => [msg, traceId])).toEqual([
      ['before', undefined],
      ['within', traceIdOf(PARENT)],
    ])
  })
})
