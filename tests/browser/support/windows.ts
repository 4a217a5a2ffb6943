import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { inject } from 'vitest'

/** A browser of its own, as far as a page can tell: with cookies and storage that no other window sees. */
export interface Window {
  context: BrowserContext
  page: Page
  /** What it was opened with: only a story that asks for the same gets it. */
  kind: string
  /** Something was done to it that cannot be taken back. */
  isSpoilt: boolean
}

const OF_PAGE_OR_CONTEXT = [
  'addInitScript',
  'exposeBinding',
  'exposeFunction',
  'route',
  'routeWebSocket',
  'setExtraHTTPHeaders',
]

/** What outlives a story, and cannot be taken back or is not worth it: who listens would hear the next one. */
const SPOILING = {
  page: [
    ...OF_PAGE_OR_CONTEXT,
    'addLocatorHandler',
    'emulateMedia',
    'on',
    'once',
    'setDefaultTimeout',
    'setViewportSize',
  ],
  context: [...OF_PAGE_OR_CONTEXT, 'grantPermissions', 'newCDPSession', 'setGeolocation', 'setOffline'],
  clock: ['install', 'pauseAt', 'setFixedTime', 'setSystemTime'],
}

const KEPT_AT_MOST = 4

/** Of the app, and nothing runs in it: where its storage can be emptied and stays so. */
const QUIET_PLACE = '/icon.svg'

/** True when nothing of the person is left. A worker that the app has installed cannot be waited for. */
const FORGET = `(async () => {
  window.name = ''
  localStorage.clear()
  sessionStorage.clear()
  for (const name of await caches.keys()) await caches.delete(name)
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name)
  return (await navigator.serviceWorker.getRegistrations()).length === 0
})()`

/**
 * The windows of one browser. Stories hand them on, emptied, since a new one has to load and compile the app before
 * anything can be done in it, which took longer than most stories.
 */
export class Windows {
  readonly #browser: Browser
  #kept: Window[] = []

  constructor(browser: Browser) {
    this.#browser = browser
  }

  /** One that knows nobody; `isNew` where a story is about what is loaded. */
  async take(options: BrowserContextOptions, isNew = false): Promise<Window> {
    const kind = JSON.stringify(options)
    const kept = isNew ? undefined : this.#kept.find((window) => window.kind === kind)
    if (!kept) return this.#open(kind, options)
    this.#kept = this.#kept.filter((window) => window !== kept)
    return kept
  }

  /** Empties it for the next story, or closes it where that cannot be done. */
  async giveBack(window: Window): Promise<void> {
    // One that cannot be emptied, such as a page that has crashed, is closed; what it logged has been heard.
    const isEmpty = !window.isSpoilt && !window.page.isClosed() && (await forget(window).catch(() => false))
    if (!isEmpty) return window.context.close()
    this.#kept.unshift(window)
    await Promise.all(this.#kept.splice(KEPT_AT_MOST).map(({ context }) => context.close()))
  }

  async #open(kind: string, options: BrowserContextOptions): Promise<Window> {
    const context = await this.#browser.newContext(options)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const window = { context, page, kind, isSpoilt: options.baseURL !== inject('appUrl') }
    const spoil = () => (window.isSpoilt = true)
    notice(page, SPOILING.page, spoil)
    notice(context, SPOILING.context, spoil)
    notice(context.clock, SPOILING.clock, spoil)
    return window
  }
}

function notice(target: object, methods: string[], seen: () => void): void {
  const parts = target as Record<string, (...args: unknown[]) => unknown>
  for (const method of methods) {
    const original = parts[method]!.bind(target)
    parts[method] = (...args) => {
      seen()
      return original(...args)
    }
  }
}

async function forget({ context, page }: Window): Promise<boolean> {
  for (const other of context.pages()) if (other !== page) await other.close()
  await page.goto(QUIET_PLACE)
  await context.clearCookies()
  return page.evaluate<boolean>(FORGET)
}
