import { describe, expect, test } from 'vitest'
import { eventRecorder } from '@todo/platform/testing/event-recorder'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { openAuditApp, TOKEN } from './audit-app.ts'

describe('what the sidecar brings', () => {
  test('is subscribed to as it lies in the broker, and never given up by the sidecar', async () => {
    const { app } = await openAuditApp(eventRecorder().handle)
    const answer = await app.inject({ url: '/dapr/subscribe', headers: TOKEN })
    const path = '/events/task-events'
    expect(answer.json()).toEqual([
      {
        pubsubname: 'events',
        topic: 'task-events',
        routes: { rules: [expect.objectContaining({ path })] },
        metadata: { rawPayload: 'true' },
      },
    ])
  })

  test('reaches the handler unchanged, and is acknowledged after it', async () => {
    const { events, deliveries, handle } = eventRecorder()
    const { deliver } = await openAuditApp(handle)
    const sent = { ...accountDeleted(), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
    expect(await deliver(sent)).toBe('SUCCESS')
    expect(events).toEqual([sent])
    expect(deliveries).toEqual([{ attempt: 1 }])
  })

  test('is let in with the token only, and not when another service asks for it', async () => {
    const { events, handle } = eventRecorder()
    const { app } = await openAuditApp(handle)
    const ask = async (headers: Record<string, string>) => {
      const payload = { data_base64: Buffer.from(JSON.stringify(accountDeleted())).toString('base64') }
      return (await app.inject({ method: 'POST', url: '/events/task-events', payload, headers })).statusCode
    }
    expect(await ask({})).toBe(401)
    expect(await ask({ 'dapr-api-token': 'guessed' })).toBe(401)
    expect(await ask({ ...TOKEN, 'dapr-caller-app-id': 'notification' })).toBe(403)
    expect(events).toEqual([])
  })

  test('is never answered with 404, which would lose it, not even on a topic that nothing subscribes to', async () => {
    const { deliver } = await openAuditApp(eventRecorder().handle)
    expect(await deliver(accountDeleted(), 0, '/events/reminders')).toBe(500)
    expect(await deliver(accountDeleted(), 0, '/updates/task-updates')).toBe(500)
  })

  test('is acknowledged unread when the handler does not want it, also when it is malformed', async () => {
    const { events, handle } = eventRecorder()
    const { deliver, letters } = await openAuditApp(handle)
    expect(await deliver({ type: 'todo.task.created.v1' })).toBe('SUCCESS')
    expect(events).toEqual([])
    expect(letters).toEqual([])
  })
})

describe('a live event', () => {
  test('is acknowledged also when its handler fails, and goes to no dead letters', async () => {
    const { deliver, bus, letters } = await openAuditApp(eventRecorder().handle)
    const handle = () => Promise.reject(new Error('no luck'))
    bus.subscribe({
      consumer: 'audit',
      topic: 'task-updates',
      names: ['view.changed'],
      delivery: 'every-replica',
      handle,
    })
    expect(await deliver('{ not JSON', 0, '/updates/task-updates')).toBe('SUCCESS')
    expect(letters).toEqual([])
  })
})

describe('a dead letter that is given back', () => {
  const replay = async (app: Awaited<ReturnType<typeof openAuditApp>>['app'], headers = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/dapr/replay/task-events',
      payload: accountDeleted(),
      headers,
    })
    return answer.statusCode === 200 ? answer.json<unknown>() : answer.statusCode
  }

  test('is handled at once, and the one who gives it back hears what became of it', async () => {
    let isWell = false
    const { app } = await openAuditApp(() => (isWell ? Promise.resolve() : Promise.reject(new Error('still ill'))))
    const asService = { ...TOKEN, 'dapr-caller-app-id': 'backend' }
    expect(await replay(app, asService)).toEqual({ handled: false, error: 'still ill' })
    isWell = true
    expect(await replay(app, asService)).toEqual({ handled: true })
    expect(await replay(app)).toBe(401)
  })
})

test('a bus that stops lets what runs come to its end, and takes nothing more', async () => {
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const { deliver, bus } = await openAuditApp(() => {
    started.resolve()
    return finish.promise
  })
  const running = deliver(accountDeleted(), 1)
  await started.promise
  const stopped = bus.stop()
  expect(await deliver(accountDeleted(), 2)).toBe('RETRY')
  finish.resolve()
  await stopped
  expect(await running).toBe('SUCCESS')
})
