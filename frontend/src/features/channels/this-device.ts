import type { CreateChannel, CreatedChannel } from '@todo/model/channels'
import { ApiError } from '../../api/api-error.ts'
import { channelsApi } from '../../api/channels-api.ts'
import { deviceName } from './device-name.ts'
import { erasePush, type PushHere, readPush, writePush } from './push-store.ts'
import { askPermission, PushRefused } from './push-support.ts'

const WORKER = '/sw.js'
/** Nobody waits longer for it to sign out. */
const PATIENCE_MS = 3_000

/** The push of this browser, where it has one that still works. */
export async function pushHere(): Promise<PushHere | null> {
  const [here, subscription] = await Promise.all([readPush(), findSubscription()])
  return subscription ? here : null
}

/** Makes this browser a channel of the person. Has to be called by a click. PushRefused where the browser will not. */
export async function startPush(pushKey: string, userId: string): Promise<CreatedChannel> {
  await askPermission()
  const before = await readPush()
  const subscription = await subscribe(bytesOf(pushKey))
  try {
    const created = await channelsApi.create(channelOf(subscription))
    await writePush({ channelId: created.id, userId })
    // One that this browser had before leads nowhere any more.
    if (before?.userId === userId && before.channelId !== created.id) {
      await channelsApi.remove(before.channelId).catch(() => {})
    }
    return created
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
}

/** Ends the push of this browser, here in any case, and on the server. */
export async function endPush(): Promise<void> {
  if (!isPossible()) return
  const here = await readPush()
  await Promise.all([here && removeChannel(here.channelId), forgetPush()])
}

/** Removed elsewhere meanwhile, it is gone all the same. */
async function removeChannel(channelId: string): Promise<void> {
  await channelsApi.remove(channelId, AbortSignal.timeout(PATIENCE_MS)).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  })
}

/** This browser takes no pushes any more; the server is not told. */
export async function forgetPush(): Promise<void> {
  if (!isPossible()) return
  await Promise.all([(await findSubscription())?.unsubscribe(), erasePush()])
}

/** Whoever was here before gets no pushes on a screen that somebody else uses now. */
export async function forgetPushOfOthers(userId: string): Promise<void> {
  const here = isPossible() ? await readPush() : null
  if (here && here.userId !== userId) await forgetPush()
}

/** Browsers have neither without an encrypted connection. */
const isPossible = (): boolean => 'serviceWorker' in navigator && 'caches' in window

async function findSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function subscribe(applicationServerKey: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  try {
    await navigator.serviceWorker.register(WORKER)
    const { pushManager } = await navigator.serviceWorker.ready
    const known = await pushManager.getSubscription()
    if (known && isSameKey(known.options.applicationServerKey, applicationServerKey)) return known
    // A browser refuses a second one with another key.
    await known?.unsubscribe()
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  } catch (cause) {
    throw new PushRefused('The push service of this browser did not answer. Try again later, or in another browser.', {
      cause,
    })
  }
}

function channelOf(subscription: PushSubscription): CreateChannel {
  const { endpoint, keys } = subscription.toJSON()
  return {
    kind: 'web-push',
    name: deviceName(navigator.userAgent),
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
  }
}

function isSameKey(known: ArrayBuffer | null, asked: Uint8Array): boolean {
  return known !== null && String(new Uint8Array(known)) === String(asked)
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
