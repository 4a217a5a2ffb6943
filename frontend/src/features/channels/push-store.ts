/** The channel that this browser's push is, and whose. */
export interface PushHere {
  channelId: string
  userId: string
}

/** public/sw.js reads and writes it too: a service worker sees no local storage. */
const CACHE = 'this-device'
const KEY = '/push-channel'

export async function readPush(): Promise<PushHere | null> {
  const response = await (await caches.open(CACHE)).match(KEY)
  return response ? ((await response.json()) as PushHere) : null
}

export async function writePush(here: PushHere): Promise<void> {
  await (await caches.open(CACHE)).put(KEY, Response.json(here))
}

export async function erasePush(): Promise<void> {
  await caches.delete(CACHE)
}
