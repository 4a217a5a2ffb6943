// npm run screenshots: takes README's pictures of the app as it is, in a Chromium of its own, into docs/screenshots.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { freePort } from '@todo/platform/free-port'
import { startChild } from '../tests/acceptance/support/child.ts'
import { Person } from '../tests/acceptance/support/person.ts'
import { launchBrowser } from '../tests/browser/support/chromium.ts'
import { composeMails, showMail } from './screenshots/mails.ts'
import type { MailPicture } from './screenshots/mails.ts'
import { PICTURES } from './screenshots/pictures.ts'
import type { Picture } from './screenshots/pictures.ts'
import { fillSampleLife, MOMENT } from './screenshots/sample-life.ts'

const FOLDER = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const MAIN = fileURLToPath(new URL('../standalone/src/main.ts', import.meta.url))
const MOST_BYTES = 150_000

async function takePicture(
  browser: Browser,
  person: Person,
  { name, options, prepare, arrange }: Picture,
): Promise<void> {
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
  await prepare?.(page)
  // What is fetched after the first paint: the stream, and last the code of the dialogs.
  await Promise.all([
    page.waitForResponse('**/api/v1/stream'),
    page.waitForResponse(/command-palette.*\.js$/u),
    page.goto('/today'),
  ])
  for (const text of ['Call Grandma', '6 to do, 2 overdue'])
    await page.getByText(text).filter({ visible: true }).first().waitFor()
  await arrange?.(page)
  await keep(page, name)
  await context.close()
}

async function takeMail(browser: Browser, { name, mail, height }: MailPicture): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 600, height }, deviceScaleFactor: 1.5 })
  await showMail(page, mail)
  await keep(page, name)
  await page.close()
}

async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready')
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path, caret: 'hide', animations: 'disabled' })
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
  for (const mail of await composeMails(person)) await takeMail(browser, mail)
  await browser.close()
} finally {
  await app.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
