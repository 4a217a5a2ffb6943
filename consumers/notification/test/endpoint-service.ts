import { afterEach, beforeEach } from 'vitest'
import type { Endpoint } from '@todo/model/channels'
import { NtfyServer } from '@todo/platform/testing/ntfy-server'
import { PushService } from '@todo/platform/testing/push-service'
import { WebhookReceiver } from '@todo/platform/testing/webhook-receiver'
import { USER, WEBHOOK_SECRET } from './messages.ts'
import { TestClock, reminderDue, startService, stateStoreOfFile } from './notification-service.ts'

export const TASK = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
export const TASK_URL = `https://todo.test/all?task=${TASK}`

export function remindAt(...endpoints: Endpoint[]) {
  return reminderDue({ userId: USER, taskId: TASK, recipient: { channels: [], endpoints } })
}

/** A process of the service for each test of a file, and real receivers of all kinds. */
export function serviceOfEachTest() {
  const state = stateStoreOfFile()
  const clock = new TestClock()
  const [push, hooks, ntfy] = [new PushService(), new WebhookReceiver(clock.now), new NtfyServer()]
  let service: Awaited<ReturnType<typeof startService>>
  beforeEach(async () => {
    clock.moveTo('2026-12-01T08:00:00Z')
    await Promise.all([push.start(), hooks.start(), ntfy.start()])
    service = await startService({ state, clock })
  })
  afterEach(async () => {
    await service.stop()
    await Promise.all([push.stop(), hooks.stop(), ntfy.stop()])
  })
  let paths = 0
  const newHook = () => {
    const path = `/hook-${(paths += 1)}`
    hooks.expect(path, WEBHOOK_SECRET)
    return path
  }
  return { state, clock, push, hooks, ntfy, newHook, service: () => service }
}
