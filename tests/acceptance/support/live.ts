import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from '../mode.ts'

/** Until live updates hear every change: a subscription begins a moment after its replica has started. */
export async function untilLive(app: Pick<App, 'metrics'>): Promise<void> {
  const isLive = async () => {
    const told = (await app.metrics()).filter(({ name }) => name === 'todo_realtime_hears_all')
    return told.length > 0 && told.every(({ value }) => value === 1)
  }
  await pollUntil(isLive, { timeoutMs: 30_000, intervalMs: 100, what: 'every change is heard' })
}
