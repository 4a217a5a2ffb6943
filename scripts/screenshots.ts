// npm run screenshots: takes README's pictures of the app as it is, in a Chromium of its own, into docs/screenshots.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Channel, ChannelList } from '@todo/model/channels'
import { freePort } from '@todo/platform/free-port'
import { startChild } from '../tests/acceptance/support/child.ts'
import { Person } from '../tests/acceptance/support/person.ts'
import { launchBrowser } from '../tests/browser/support/chromium.ts'
import { givePush } from '../tests/browser/support/push.ts'
import { fillSampleLife, MOMENT } from './screenshots/sample-life.ts'

const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const MAIN = fileURLToPath(new URL('../standalone/src/main.ts', import.meta.url))
const MOST_BYTES = 150_000

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 840 } }
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  deviceScaleFactor: 1.75,
  hasTouch: true,
  isMobile: true,
}

interface Picture {
  name: string
  options: BrowserContextOptions
  /** What is done at Today before the picture is taken. */
  arrange?: (page: Page) => Promise<void>
}

const PICTURES: Picture[] = [
  { name: 'today-light', options: DESKTOP },
  { name: 'today-dark', options: { ...DESKTOP, colorScheme: 'dark' } },
  {
    name: 'edit-task',
    options: DESKTOP,
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Prepare the quarterly review', exact: true }).click()
      await page.getByRole('dialog').getByRole('strong').waitFor()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).blur()
    },
  },
  { name: 'phone', options: PHONE },
  {
    name: 'channels',
    options: DESKTOP,
    arrange: async (page) => {
      await page.route('**/api/v1/channels', async (route) => {
        const response = await route.fetch()
        const { items, ...rest } = (await response.json()) as ChannelList
        await route.fulfill({ response, json: { ...rest, items: items.map(withResult) } })
      })
      await givePush(page)
      await page.goto('/settings#channels')
      await page.getByRole('button', { name: 'Push to this device' }).waitFor()
      await page.evaluate('document.getElementById("channels").scrollIntoView()')
    },
  },
  {
    name: 'until-done',
    options: DESKTOP,
    arrange: async (page) => {
      await page.getByRole('button', { name: 'Call Grandma', exact: true }).click()
      await page.getByRole('button', { name: /^How often/u }).click()
      await page.getByRole('menuitemcheckbox', { name: 'Once' }).waitFor()
    },
  },
  {
    name: 'quiet-hours',
    options: { ...PHONE, colorScheme: 'dark' },
    arrange: async (page) => {
      await page.goto('/settings')
      await page.getByRole('region', { name: 'Reminders' }).evaluate((section) => section.scrollIntoView())
      await page.evaluate('scrollBy(0, -16)')
    },
  },
]

/** What became of the last try of each channel, as it might be. */
const RESULTS: Readonly<Record<string, { minutesAgo: number; error: string | null }>> = {
  'in-app': { minutesAgo: 20, error: null },
  email: { minutesAgo: 20, error: null },
  'web-push': { minutesAgo: 20, error: null },
  webhook: { minutesAgo: 90, error: 'hooks.example.org answered 401' },
}

function withResult(channel: Channel): Channel {
  const result = RESULTS[channel.kind]
  if (!result) return channel
  const at = new Date(Date.parse(MOMENT) - result.minutesAgo * 60_000).toISOString()
  return { ...channel, lastTry: { at, error: result.error } }
}

async function takePicture(browser: Browser, person: Person, { name, options, arrange }: Picture): Promise<void> {
  const context = await browser.newContext({
    ...options,
    baseURL: person.url,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  await context.addCookies(person.cookies().map((cookie) => ({ ...cookie, url: person.url })))
  const page = await context.newPage()
  await page.clock.setFixedTime(MOMENT)
  await page.route('**/api/v1/tasks?*', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replaceAll(/"createdAt":"[^"]*"/gu, `"createdAt":"${MOMENT}"`)
    await route.fulfill({ response, body })
  })
  // What is fetched after the first paint: the stream, and last the code of the dialogs.
  await Promise.all([
    page.waitForResponse('**/api/v1/stream'),
    page.waitForResponse(/command-palette.*\.js$/u),
    page.goto('/today'),
  ])
  for (const text of ['Call Grandma', '6 to do, 2 overdue'])
    await page.getByText(text).filter({ visible: true }).first().waitFor()
  await arrange?.(page)
  await page.evaluate('document.fonts.ready')
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
  await context.close()
  const { size } = await stat(path)
  console.log(`${path}: ${Math.round(size / 1_000)} kB`)
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than the ${MOST_BYTES / 1_000} kB that README allows.`)
}

const dataFolder = await mkdtemp(join(tmpdir(), 'todo-cloud-screenshots-'))
const port = await freePort()
const app = await startChild({
  main: MAIN,
  port,
  env: { PORT: String(port), DATA_DIR: dataFolder, LOG_LEVEL: 'error' },
})
try {
  const person = await new Person(app.url, 'ada@example.org').signUp('Ada', { timeZone: 'UTC' })
  await fillSampleLife(person)
  await mkdir(FOLDER, { recursive: true })
  const browser = await launchBrowser()
  for (const picture of PICTURES) await takePicture(browser, person, picture)
  await browser.close()
} finally {
  await app.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
