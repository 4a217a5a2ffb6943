import type { Page, Worker } from 'playwright-core'
import type { Subscription } from '@todo/platform/testing/push-service'

/** What a browser without a window lacks: the permission to notify, and a push service. */
export interface PushOptions {
  /** What the person answers when they are asked; `granted` when left out. */
  answer?: NotificationPermission
  /** What the push service gives; one that leads nowhere when left out. */
  subscription?: Subscription
}

type NotificationPermission = 'granted' | 'denied' | 'default'

/** Keys of a subscription, as a browser makes them. */
const KEYS = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}

/** Gives every page that a window opens from now on what it takes to have pushes. */
export async function givePush(page: Page, { answer = 'granted', subscription }: PushOptions = {}): Promise<void> {
  const { endpoint, keys } = subscription ?? { endpoint: `https://push.test/${crypto.randomUUID()}`, keys: KEYS }
  await page.addInitScript(PUSH_SERVICE.replace('SETUP', JSON.stringify({ answer, endpoint, keys })))
}

/** The subscription outlives a reload, as a real one; `window.asked` counts how often the person was asked. */
const PUSH_SERVICE = `(() => {
  const { answer, endpoint, keys } = SETUP
  window.asked = 0
  Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('test-permission') ?? 'default' })
  Notification.requestPermission = async () => {
    window.asked += 1
    localStorage.setItem('test-permission', answer)
    return answer
  }
  const find = () => {
    const key = localStorage.getItem('test-push')
    return key && {
      endpoint,
      options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key.split(',')).buffer },
      toJSON: () => ({ endpoint, expirationTime: null, keys }),
      unsubscribe: async () => {
        localStorage.removeItem('test-push')
        return true
      },
    }
  }
  PushManager.prototype.getSubscription = async () => find()
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage.setItem('test-push', new Uint8Array(applicationServerKey).join())
    return find()
  }
})()`

/** Whether the browser still takes pushes. */
export const isSubscribed = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`localStorage.getItem('test-push') !== null`)

/** The service worker of a window, with what it shows written down. */
export interface PushWorker {
  /** Delivers what the push service would. */
  push: (data: unknown) => Promise<void>
  shown: () => Promise<Shown[]>
  /** Clicks the last notification, or one of its buttons, and waits for what that does. */
  click: (action?: string) => Promise<void>
  /** Addresses of windows that it opened. */
  opened: () => Promise<string[]>
  /** The browser takes pushes at another address from now on. */
  moveTo: (endpoint: string) => Promise<void>
}

interface Shown {
  title: string
  body: string
  tag: string
  actions: { action: string; title: string }[]
}

export async function openPushWorker(page: Page): Promise<PushWorker> {
  const context = page.context()
  const worker: Worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await worker.evaluate(WRITE_DOWN)
  const devtools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const registrationId = await registered
  const dispatch = (type: string, fields: string) => worker.evaluate(`happen(${JSON.stringify(type)}, ${fields})`)
  return {
    push: async (data) => {
      const origin = new URL(page.url()).origin
      await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(data) })
    },
    shown: () => worker.evaluate<Shown[]>('shown'),
    click: async (action = '') => {
      await dispatch(
        'notificationclick',
        `{ action: ${JSON.stringify(action)}, notification: { ...shown.at(-1), close() {} } }`,
      )
    },
    opened: () => worker.evaluate<string[]>('opened'),
    moveTo: async (endpoint) => {
      const subscription = `{ toJSON: () => (${JSON.stringify({ endpoint, keys: KEYS })}) }`
      await dispatch('pushsubscriptionchange', `{ oldSubscription: null, newSubscription: ${subscription} }`)
    },
  }
}

/**
 * Without a window there is nothing to show notifications on, and no click of a person. Nor is a machine that runs several
 * browsers at once a person's: a page has five times as long to answer.
 */
const WRITE_DOWN = `
  const later = self.setTimeout
  self.setTimeout = (work, ms) => later(work, 5 * ms)
  self.shown = []
  self.opened = []
  self.registration.showNotification = async (title, options) => void self.shown.push({ title, ...options })
  self.clients.openWindow = async (url) => void self.opened.push(url)
  WindowClient.prototype.focus = async function () { return this }
  self.happen = async (type, fields) => {
    const effects = []
    self.dispatchEvent(Object.assign(new Event(type), fields, { waitUntil: (effect) => effects.push(effect) }))
    await Promise.all(effects)
  }
`
