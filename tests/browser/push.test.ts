import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { PushService } from '@todo/platform/testing/push-service'
import { inMs, MINUTE_MS } from '../acceptance/support/days.ts'
import { PASSWORD } from '../acceptance/support/person.ts'
import type { Person } from '../acceptance/support/person.ts'
import { intercept } from './support/intercept.ts'
import { givePush, isSubscribed, openPushWorker } from './support/push.ts'
import { choose, gone, newTask, taskDialog } from './support/screen.ts'
import { newPerson, test } from './support/story.ts'

const service = new PushService()
beforeAll(() => service.start())
afterAll(() => service.stop())

const button = (page: Page) => page.getByRole('button', { name: 'Push to this device' })

async function switchOn(page: Page): Promise<void> {
  await page.goto('/settings')
  await button(page).click()
  await page.getByText('This device', { exact: true }).waitFor()
  await expect.poll(() => page.evaluate<boolean>(HEARS_OF_CLICKS)).toBe(true)
}

/** What listens to the service worker has been fetched: a page that does not yet lets a click open another one. */
const HEARS_OF_CLICKS = `performance.getEntriesByType('resource').some(
  ({ name, responseEnd }) => name.includes('/push-listener-') && responseEnd > 0)`

const pushes = async (person: Person) =>
  (await person.ok('GET', '/channels')).items.filter(({ kind }: { kind: string }) => kind === 'web-push')

async function signOut(page: Page): Promise<void> {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/u)
}

async function signIn(page: Page, person: Person): Promise<void> {
  // The settings have an E-mail too, and are still there while the address is the sign-in's.
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await newTask(page).waitFor()
}

const reminder = (task: { id: string; title: string }) => ({
  kind: 'reminder',
  title: task.title,
  body: 'Due now',
  taskId: task.id,
  reminderId: crypto.randomUUID(),
  // The app may have another address in mails.
  url: `https://todo.example.org/all?task=${task.id}`,
  actions: [
    { action: 'done', title: 'Done' },
    { action: '10m', title: 'In 10 minutes' },
  ],
})

describe('push to this device', { tags: ['slow'] }, () => {
  test('the person is asked when they click and not before; the browser is a channel then, until it is removed', async ({
    page,
    person,
  }) => {
    await givePush(page)
    await page.goto('/settings')
    await button(page).waitFor()
    expect(await page.evaluate('window.asked')).toBe(0)
    await button(page).click()
    await page.getByText('This device', { exact: true }).waitFor()
    expect(await page.evaluate('window.asked')).toBe(1)
    const [{ name }] = await pushes(person)
    expect(name).toMatch(/^Chrome on /u)
    await page.reload()
    await page.getByText('This device', { exact: true }).waitFor()
    expect(await button(page).count()).toBe(0)

    await page.getByRole('button', { name: `More about ${name}` }).click()
    await choose(page, 'Remove')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await button(page).waitFor()
    await expect.poll(() => isSubscribed(page)).toBe(false)
    await expect.poll(() => pushes(person)).toEqual([])
  })

  test('who does not allow it is told how to, and no channel is made', async ({ page, person }) => {
    await givePush(page, { answer: 'denied' })
    await page.goto('/settings')
    await button(page).click()
    await page.getByRole('alert').getByText('This browser blocks notifications of this address.').waitFor()
    await page.reload()
    await page.getByText('This browser blocks notifications of this address.').waitFor()
    expect(await button(page).count()).toBe(0)
    expect(await pushes(person)).toEqual([])
  })

  test('one that the server did not take is not kept in the browser either', async ({ page, watch }) => {
    watch.expect(/503/u)
    await givePush(page)
    await page.route('**/api/v1/channels', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 503, json: { title: 'Away.' } }) : route.fallback(),
    )
    await page.goto('/settings')
    await button(page).click()
    await page.getByRole('alert').getByText('Away.').waitFor()
    expect(await isSubscribed(page)).toBe(false)
  })

  test('a test and a reminder go through the push service, encrypted, and show while the app is closed', async ({
    page,
    person,
  }) => {
    const subscription = service.subscribe()
    await givePush(page, { subscription })
    await switchOn(page)
    const worker = await openPushWorker(page)
    await page.getByRole('button', { name: /^Test Chrome/u }).click()
    await page
      .getByRole('listitem', { name: /^Chrome/u })
      .getByText(/^Arrived/u)
      .waitFor()
    await page.goto('/sw.js')
    const tea = await person.createTask({ title: 'Tea', reminders: [{ kind: 'absolute', at: inMs(300) }] })
    await expect.poll(() => service.of(subscription)).toHaveLength(2)
    for (const { payload } of service.of(subscription)) await worker.push(payload)
    await expect.poll(worker.shown).toHaveLength(2)
    expect((await worker.shown())[1]).toMatchObject({ title: 'Tea' })
    await worker.click('done')
    expect((await person.task(tea.id)).completedAt).not.toBeNull()
    expect(service.complaints).toEqual([])

    await page.goto(`/all?task=${tea.id}`)
    await (await taskDialog(page, 'Tea')).getByRole('tab', { name: 'Reminder log' }).click()
    await page
      .getByRole('list', { name: 'Deliveries of reminders' })
      .getByText(/^Push: Chrome on /u)
      .waitFor()
  })

  test('a push is shown; its buttons complete and snooze without the app', async ({ page, person }) => {
    await givePush(page)
    await switchOn(page)
    const worker = await openPushWorker(page)
    await page.goto('about:blank')
    const tea = await person.createTask({ title: 'Tea' })
    await page.goto('/sw.js')
    await worker.push(reminder(tea))
    await expect.poll(worker.shown).toMatchObject([{ title: 'Tea', body: 'Due now' }])
    expect((await worker.shown())[0]?.actions.map(({ title }) => title)).toEqual(['Done', 'In 10 minutes'])
    await worker.click('10m')
    const [again] = (await person.task(tea.id)).reminders
    const minutesAhead = again?.kind === 'absolute' ? (Date.parse(again.at) - Date.now()) / MINUTE_MS : 0
    expect(minutesAhead).toBeGreaterThan(8)
    expect(minutesAhead).toBeLessThan(11)
    await worker.click('done')
    expect((await person.task(tea.id)).completedAt).not.toBeNull()
    expect(await worker.opened()).toEqual([])
  })

  test('a click opens the task over what is on the screen; where no page is open, in a new one', async ({
    page,
    person,
  }) => {
    await givePush(page)
    await switchOn(page)
    const worker = await openPushWorker(page)
    const tea = await person.createTask({ title: 'Tea' })
    await worker.push(reminder(tea))
    await expect.poll(worker.shown).toHaveLength(1)
    await page.getByLabel('Name', { exact: true }).fill('Half a na')
    await worker.click()
    expect(await worker.opened()).toEqual([])
    const dialog = await taskDialog(page, 'Tea')
    await page.keyboard.press('Escape')
    await gone(dialog)
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a na')

    await page.goto('/sw.js')
    await worker.click()
    expect(await worker.opened()).toEqual([`/all?task=${tea.id}`])
  })

  test('a button that cannot do its work leads into the app, which asks to sign in', async ({
    page,
    person,
    watch,
  }) => {
    watch.expect(/401/u)
    await givePush(page)
    await switchOn(page)
    const worker = await openPushWorker(page)
    const tea = await person.createTask({ title: 'Tea' })
    await worker.push(reminder(tea))
    await expect.poll(worker.shown).toHaveLength(1)
    await page.context().clearCookies()
    await page.goto('/sw.js')
    await worker.click('done')
    await worker.click('10m')
    expect(await worker.opened()).toEqual([`/all?task=${tea.id}`, `/all?snooze=10m&of=${tea.id}`])
    expect((await person.task(tea.id)).completedAt).toBeNull()
  })

  test('signing out takes the channel of this device away, and the session ends also where that fails', async ({
    page,
    person,
    watch,
  }) => {
    watch.expect(/401|ERR_FAILED/u)
    await givePush(page)
    await switchOn(page)
    const elsewhere = await person.otherSession()
    await signOut(page)
    expect(await isSubscribed(page)).toBe(false)
    expect(await pushes(elsewhere)).toEqual([])

    await signIn(page, person)
    await switchOn(page)
    await intercept(page, '**/api/v1/channels/*', (route) => route.abort())
    await signOut(page)
    expect(await isSubscribed(page)).toBe(false)
  })

  test('who signs in where somebody else was gets none of their pushes on the screen', async ({ page, watch }) => {
    watch.expect(/401/u)
    await givePush(page)
    await switchOn(page)
    await page.context().clearCookies()
    await page.goto('/today')
    await page.waitForURL(/sign-in/u)
    await signIn(page, await newPerson('Grace'))
    await expect.poll(() => isSubscribed(page)).toBe(false)
  })

  test('a browser that takes pushes at a new address stays the same channel for the person', async ({
    page,
    person,
  }) => {
    await givePush(page)
    await switchOn(page)
    const worker = await openPushWorker(page)
    const [before] = await pushes(person)
    await worker.moveTo('https://push.test/moved')
    const after = await pushes(person)
    expect(after.map(({ name }: { name: string }) => name)).toEqual([before.name])
    expect(after[0].id).not.toBe(before.id)
    await page.reload()
    await page.getByText('This device', { exact: true }).waitFor()
  })
})
