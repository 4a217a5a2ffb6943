import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { inject, test as base } from 'vitest'
import { Person } from '../../acceptance/support/person.ts'
import { launchBrowser } from './chromium.ts'
import { watchWindows } from './watch.ts'
import type { Watch } from './watch.ts'

export interface WindowOptions extends BrowserContextOptions {
  /** Signed in as this person; nobody when left out. */
  person?: Person
  /** Where it opens; `/today` when left out. */
  at?: string
}

interface Story {
  browser: Browser
  /** A new account; its zone is UTC. */
  person: Person
  /** A window of a browser of its own, with cookies and storage that no other one sees. */
  open: (options?: WindowOptions) => Promise<Page>
  /** The person's window, at Today. */
  page: Page
  /** Told of the problems that the story brings about itself. */
  watch: Watch
}

const WIDE = { width: 1280, height: 850 }
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
  browser: [
    // vitest reads from the first argument's pattern what a fixture needs.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await launchBrowser()
      await use(browser)
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
  open: async ({ browser, watch, task }, use) => {
    const contexts: BrowserContext[] = []
    await use(async ({ person, at = '/today', ...options } = {}) => {
      const context = await newContext(browser, options, person)
      contexts.push(context)
      watch.follow(context)
      const page = await context.newPage()
      await page.goto(at)
      return page
    })
    if (task.result?.state === 'fail') await tellWhatIsSeen(contexts)
    await Promise.all(contexts.map((context) => context.close()))
  },
  page: async ({ open, person }, use) => use(await open({ person })),
})

/** What a story that failed leaves on screen says more than where it waited. */
async function tellWhatIsSeen(contexts: BrowserContext[]): Promise<void> {
  for (const page of contexts.flatMap((context) => context.pages())) {
    const seen = await page.evaluate<string>('document.body.innerText.slice(0, 2000)').catch(String)
    console.log(`${page.url()} when the story failed:\n${seen}`)
  }
}

async function newContext(
  browser: Browser,
  options: BrowserContextOptions,
  person: Person | undefined,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: inject('appUrl'),
    viewport: WIDE,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // What moves is not what the stories are about; one of them is.
    reducedMotion: 'reduce',
    ...options,
  })
  context.setDefaultTimeout(10_000)
  if (person) await context.addCookies(person.cookies().map((cookie) => ({ ...cookie, url: inject('appUrl') })))
  return context
}
