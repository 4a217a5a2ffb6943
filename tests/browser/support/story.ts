import type { BrowserContextOptions, Page } from 'playwright-core'
import { inject, test as base } from 'vitest'
import { Person } from '../../acceptance/support/person.ts'
import { launchBrowser } from './chromium.ts'
import { watchWindows } from './watch.ts'
import type { Watch } from './watch.ts'
import { Windows } from './windows.ts'
import type { Window } from './windows.ts'

export interface WindowOptions extends BrowserContextOptions {
  /** Signed in as this person; nobody when left out. */
  person?: Person
  /** Where it opens; `/today` when left out. */
  at?: string
  /** One that has never loaded the app. */
  isNew?: boolean
}

interface Story {
  windows: Windows
  /** A new account; its zone is UTC. */
  person: Person
  /** A window of a browser of its own, with cookies and storage that no other one sees. */
  open: (options?: WindowOptions) => Promise<Page>
  /** The person's window, at Today. */
  page: Page
  /** Told of the problems that the story brings about itself. */
  watch: Watch
}

const USUAL: BrowserContextOptions = {
  viewport: { width: 1280, height: 850 },
  locale: 'en-GB',
  timezoneId: 'UTC',
  // What moves is not what the stories are about; one of them is.
  reducedMotion: 'reduce',
}

export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

let people = 0

/** Somebody with an account. */
export async function newPerson(name = 'Ada', profile: Record<string, unknown> = {}): Promise<Person> {
  people += 1
  const email = `${name.toLowerCase()}-${process.pid}-${people}@example.org`
  return new Person(inject('appUrl'), email).signUp(name, profile)
}

/**
 * A story told in real windows. Whatever the story, no window may log an error, break the content security policy or
 * ask anybody but the app for anything.
 */
export const test = base.extend<Story>({
  windows: [
    // vitest reads from the first argument's pattern what a fixture needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await launchBrowser()
      await use(new Windows(browser))
      await browser.close()
    },
    // A server between several of them and one browser took a twentieth of the time.
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line no-empty-pattern
  person: async ({}, use) => use(await newPerson()),
  // oxlint-disable-next-line no-empty-pattern
  watch: async ({}, use) => {
    const watch = watchWindows(inject('appUrl'))
    await use(watch)
    if (watch.problems().length > 0) throw new Error(`In a window:\n${watch.problems().join('\n')}`)
  },
  open: async ({ windows, watch, task }, use) => {
    const taken: { window: Window; stopWatching: () => void }[] = []
    await use(async ({ person, at = '/today', isNew, ...options } = {}) => {
      const window = await windows.take({ ...USUAL, baseURL: inject('appUrl'), ...options }, isNew)
      taken.push({ window, stopWatching: watch.follow(window.context) })
      if (person) await signInto(window, person)
      await window.page.goto(at)
      return window.page
    })
    const hasFailed = task.result?.state === 'fail'
    if (hasFailed) await tellWhatIsSeen(taken.map(({ window }) => window))
    for (const { window, stopWatching } of taken) {
      await (hasFailed ? window.context.close() : windows.giveBack(window))
      stopWatching()
    }
  },
  page: async ({ open, person }, use) => use(await open({ person })),
})

/** What a story that failed leaves on screen says more than where it waited. */
async function tellWhatIsSeen(windows: Window[]): Promise<void> {
  for (const page of windows.flatMap(({ context }) => context.pages())) {
    const seen = await page.evaluate<string>('document.body.innerText.slice(0, 2000)').catch(String)
    console.log(`${page.url()} when the story failed:\n${seen}`)
  }
}

async function signInto({ context }: Window, person: Person): Promise<void> {
  await context.addCookies(person.cookies().map((cookie) => ({ ...cookie, url: inject('appUrl') })))
}
