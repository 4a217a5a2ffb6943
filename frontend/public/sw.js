// The service worker: shows what is pushed, also while no page of the app is open, and does what its buttons say.
// It keeps no copies of anything, and answers no request of a page.
const CACHE = 'this-device'
const PUSH_CHANNEL = '/push-channel'
/** Firefox lets a click open a window for one second. */
const ANSWER_MS = 400
const SNOOZE_MS = 10 * 60_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => event.waitUntil(show(messageOf(event.data))))

function messageOf(data) {
  try {
    return data.json()
  } catch {
    return {}
  }
}

// A browser that shows nothing for a push is taken the right to it: there is always something to show.
function show({ kind, title = 'Todo Cloud', body = '', taskId = null, reminderId = null, url = '/', actions = [] }) {
  return self.registration.showNotification(title, {
    body,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    // A reminder that comes again takes the place of the one before, and rings.
    tag: reminderId ?? kind ?? 'todo-cloud',
    renotify: true,
    actions,
    data: { taskId, url },
  })
}

self.addEventListener('notificationclick', (event) => {
  const { action, notification } = event
  const { taskId, url } = notification.data
  notification.close()
  event.waitUntil(taskId !== null && Object.hasOwn(ACTIONS, action) ? act(action, taskId, url) : open(url))
})

/** What the buttons of a reminder do, by their names in the push. */
const ACTIONS = {
  done: (taskId) => post(`/api/v1/tasks/${taskId}/complete`),
  '10m': (taskId) => post(`/api/v1/tasks/${taskId}/snooze`, { until: new Date(Date.now() + SNOOZE_MS).toISOString() }),
}

/** With the session of the browser; in the app where that does not work, which asks to sign in, or says why. */
async function act(action, taskId, url) {
  const isDone = await ACTIONS[action](taskId).catch(() => false)
  if (!isDone) await open(action === '10m' ? `/all?snooze=10m&of=${taskId}` : url)
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return response.ok
}

/** In the app where it is open, since what is being typed there stays; else in a new window. */
async function open(url) {
  // The app may have several addresses: here it is the one that this browser knows.
  const { pathname, search } = new URL(url, self.location.origin)
  // The one that was used last comes first.
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const guests = await Promise.all(pages.map(callPage))
  const guest = guests.find((answer) => answer !== null)
  if (!guest) return void (await self.clients.openWindow(pathname + search))
  guest.line.postMessage(pathname + search)
  await guest.page.focus()
}

/** null: a page where nobody is signed in, or that sleeps, does not answer. */
function callPage(page) {
  return new Promise((resolve) => {
    const { port1: line, port2 } = new MessageChannel()
    line.addEventListener('message', () => resolve({ page, line }), { once: true })
    line.start()
    setTimeout(() => resolve(null), ANSWER_MS)
    page.postMessage('open', [port2])
  })
}

// Browsers change the address that they take pushes at, now and then: the channel moves along.
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)))

async function renew({ oldSubscription, newSubscription }) {
  const cache = await caches.open(CACHE)
  const here = await (await cache.match(PUSH_CHANNEL))?.json()
  const key = oldSubscription?.options.applicationServerKey
  if (!here || !(newSubscription || key)) return
  const { endpoint, keys } = (
    newSubscription ??
    (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }))
  ).toJSON()
  const list = await (await fetch('/api/v1/channels', { headers: { accept: 'application/json' } })).json()
  const name = list.items?.find(({ id }) => id === here.channelId)?.name
  // Without it in the list it was removed, or somebody else is signed in.
  if (name === undefined) return
  const response = await fetch('/api/v1/channels', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ kind: 'web-push', name, endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }),
  })
  if (!response.ok) return
  const { id } = await response.json()
  await cache.put(PUSH_CHANNEL, Response.json({ ...here, channelId: id }))
  if (id !== here.channelId) await fetch(`/api/v1/channels/${here.channelId}`, { method: 'DELETE' })
}
