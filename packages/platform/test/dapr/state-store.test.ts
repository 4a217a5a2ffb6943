import { expect, test } from 'vitest'
import { DaprStateStore } from '@todo/platform/dapr/state-store'
import { startFakeSidecar } from './fake-sidecar.ts'

const TAKEN = { errorCode: 'ERR_STATE_SAVE', message: 'failed saving state: no item was updated' }

test('a claim that someone else has is no failure, however the sidecar says it', async () => {
  for (const answer of [{ status: 500, body: TAKEN }, { status: 409 }]) {
    const { client } = await startFakeSidecar(() => answer)
    expect(await new DaprStateStore(client).set('claim', 1, { ifMatch: null })).toBe(false)
  }
})

test('a write that the store could not do is a failure', async () => {
  const { client } = await startFakeSidecar(() => ({ status: 500, body: 'connection refused' }))
  const store = new DaprStateStore(client)
  await expect(store.set('claim', 1, { ifMatch: null })).rejects.toThrow('connection refused')
  await expect(store.set('key', 1)).rejects.toThrow('connection refused')
  await expect(store.get('key')).rejects.toThrow('connection refused')
  await expect(store.delete('key')).rejects.toThrow('connection refused')
})
