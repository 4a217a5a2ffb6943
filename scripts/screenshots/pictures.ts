import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Notification, Overview } from '@todo/model/api'
import type { Channel, ChannelList } from '@todo/model/channels'
import { givePush } from '../../tests/browser/support/push.ts'
import { MOMENT } from './sample-life.ts'

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 840 } }
/** For pictures that stand two in a row: their words can still be read there. */
const HALF: BrowserContextOptions = { viewport: { width: 760, height: 840 } }
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  deviceScaleFactor: 1.75,
  hasTouch: true,
  isMobile: true,
}

/** Five minutes after the reminder of the quarterly review. */
const REMINDED = '2028-05-15T10:20:00Z'

export interface Picture {
  name: string
  options: BrowserContextOptions
  /** What is done before the app is opened. */
  prepare?: (page: Page) => Promise<void>
  /** What is done at Today before the picture is taken. */
  arrange?: (page: Page) => Promise<void>
}

export const PICTURES: Picture[] = [
  { name: 'today-light', options: DESKTOP },
  { name: 'today-dark', options: { ...DESKTOP, colorScheme: 'dark' } },
  {
    name: 'edit-task',
    options: DESKTOP,
    arrange: async (page) => {
      const dialog = await openTask(page, 'Prepare the quarterly review')
      await dialog.getByRole('strong').waitFor()
      await dialog.getByRole('textbox', { name: 'Title' }).blur()
    },
  },
  { name: 'phone', options: PHONE },
  { name: 'quick-add', options: { viewport: { width: 1280, height: 480 } }, arrange: writeOneLine },
  { name: 'recurrence-menu', options: HALF, arrange: openRecurrenceMenu },
  { name: 'custom-rule', options: HALF, arrange: writeCustomRule },
  { name: 'channels', options: DESKTOP, arrange: showChannels },
  { name: 'snooze', options: HALF, prepare: giveNotifications, arrange: openNotifications },
  {
    name: 'until-done',
    options: HALF,
    arrange: async (page) => {
      await openTask(page, 'Call Grandma')
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

async function openTask(page: Page, title: string): Promise<Locator> {
  await page.getByRole('button', { name: title, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Edit task: ${title}` })
  await dialog.waitFor()
  return dialog
}

async function writeOneLine(page: Page): Promise<void> {
  await page
    .getByRole('textbox', { name: 'New task' })
    .fill('Pay rent every 1st 9am !high #money /Home remind 1d before')
  const chips = page.getByRole('group', { name: 'Details of the new task' })
  await chips.getByText('1 day before', { exact: true }).waitFor()
}

async function openRecurrenceMenu(page: Page): Promise<void> {
  const dialog = await openTask(page, 'Call Grandma')
  await dialog.getByRole('group', { name: 'Recurrence', exact: true }).getByRole('button').first().click()
  await page.getByRole('menuitemcheckbox', { name: 'Custom…' }).waitFor()
}

async function writeCustomRule(page: Page): Promise<void> {
  await openRecurrenceMenu(page)
  await page.getByRole('menuitemcheckbox', { name: 'Custom…' }).click()
  const recurrence = page.getByRole('group', { name: 'Recurrence', exact: true })
  await recurrence.getByLabel('Every').fill('2')
  const thursday = recurrence.getByRole('button', { name: 'Thursday', exact: true })
  await thursday.click()
  await recurrence.getByText('Every 2 weeks on Monday and Thursday').waitFor()
  await thursday.blur()
  await page.mouse.move(0, 0)
}

async function openNotifications(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
  await page.getByRole('dialog', { name: 'Notifications' }).getByRole('button', { name: 'Again: 10 min' }).waitFor()
}

/** What came in the meantime, as it might be: nobody waits for the year of the pictures. */
async function giveNotifications(page: Page): Promise<void> {
  await page.clock.setFixedTime(REMINDED)
  const line = (title: string, body: string, createdAt: string, readAt: string | null) =>
    ({
      id: crypto.randomUUID(),
      kind: 'reminder',
      taskId: crypto.randomUUID(),
      title,
      body,
      createdAt,
      readAt,
    }) as const
  const items: Notification[] = [
    line('Prepare the quarterly review', 'Due Mon, 15 May 2028, 10:30', '2028-05-15T10:15:00Z', null),
    line('Buy the train tickets', 'Due Sun, 14 May 2028, 17:00', '2028-05-14T16:00:00Z', REMINDED),
    line('Feed the neighbours’ cat', 'Due Sun, 14 May 2028, 08:00', '2028-05-14T08:00:00Z', REMINDED),
  ]
  await page.route('**/api/v1/notifications*', (route) =>
    route.fulfill({ json: { items, nextCursor: null, unread: 1 } }),
  )
  await page.route('**/api/v1/overview?*', async (route) => {
    const response = await route.fetch()
    const overview = (await response.json()) as Overview
    await route.fulfill({ response, json: { ...overview, unreadNotifications: 1 } })
  })
}

async function showChannels(page: Page): Promise<void> {
  await page.route('**/api/v1/channels', async (route) => {
    const response = await route.fetch()
    const { items, ...rest } = (await response.json()) as ChannelList
    await route.fulfill({ response, json: { ...rest, items: items.map(withResult) } })
  })
  await givePush(page)
  await page.goto('/settings#channels')
  await page.getByRole('button', { name: 'Push to this device' }).waitFor()
  await page.evaluate('document.getElementById("channels").scrollIntoView()')
}

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
