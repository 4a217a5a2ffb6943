import { describe, expect } from 'vitest'
import { day, inMs, MINUTE_MS } from '../acceptance/support/days.ts'
import { PASSWORD } from '../acceptance/support/person.ts'
import { boxOf, focusedName, gone, goLive, row, save, taskDialog, toast } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

describe('reminders on the screen', () => {
  test('one that comes due shows a toast and a dot on the bell, and leads to its task', async ({ page, person }) => {
    await Promise.all([page.waitForResponse('**/api/v1/stream'), page.goto('/inbox')])
    await page.getByText('Your Inbox is clear').waitFor()
    await person.createTask({ title: 'Tea is ready', reminders: [{ kind: 'absolute', at: inMs(1_000) }] })
    await toast(page, 'Tea is ready').waitFor()
    const bell = page.getByRole('button', { name: 'Notifications, 1 unread' })
    await bell.click()
    await page
      .getByRole('dialog', { name: 'Notifications' })
      .getByRole('button', { name: /Tea is ready/u })
      .click()
    const dialog = await taskDialog(page, 'Tea is ready')
    await dialog.getByRole('tab', { name: 'Reminder log' }).click()
    await dialog.getByText('In the app').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
    expect((await person.ok('GET', '/notifications')).items[0].readAt).not.toBeNull()
  })

  test('one is no more to be answered once its task is done, and is again when that was a slip', async ({
    page,
    person,
  }) => {
    await goLive(page)
    await person.createTask({ title: 'Tea', due: { date: day(0) }, reminders: [{ kind: 'absolute', at: inMs(0) }] })
    const done = toast(page, 'Tea').getByRole('button', { name: 'Done' })
    await done.waitFor()
    const unread = page.getByRole('button', { name: 'Notifications, 1 unread' })
    await unread.waitFor()
    await row(page, 'Tea').getByRole('checkbox').click()
    await gone(done)
    await gone(unread)
    await page.keyboard.press('z')
    await unread.waitFor()
  })

  test('one is snoozed from its toast, or done from the bell, and the toast says when it comes again', async ({
    page,
    person,
  }) => {
    await Promise.all([page.waitForResponse('**/api/v1/stream'), page.goto('/inbox')])
    await page.getByText('Your Inbox is clear').waitFor()
    const task = await person.createTask({ title: 'Tea', reminders: [{ kind: 'absolute', at: inMs(1_000) }] })
    const told = toast(page, 'Tea').first()
    await told.getByRole('button', { name: 'Again: 1 hour' }).waitFor()
    await told.getByRole('button', { name: 'Again: 1 hour' }).click()
    await toast(page, '“Tea” comes again').waitFor()
    await expect.poll(async () => (await person.ok('GET', '/notifications')).unread).toBe(0)
    const minutesAhead = async () => {
      const again = (await person.task(task.id)).reminders.at(-1)
      return again?.kind === 'absolute' ? (Date.parse(again.at) - Date.now()) / MINUTE_MS : 0
    }
    await expect.poll(minutesAhead).toBeGreaterThan(58)
    expect(await minutesAhead()).toBeLessThan(61)

    for (const title of ['Cake', 'Jam'])
      await person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(300) }] })
    await page.getByRole('button', { name: 'Notifications, 2 unread' }).click()
    // The bell stays open until all of them are worked off.
    const list = page.getByRole('dialog', { name: 'Notifications' })
    const answer = (title: string, name: string) =>
      list.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name, exact: true }).click()
    await answer('Cake', 'Done')
    await expect.poll(() => focusedName(page)).toContain('Cake')
    await answer('Jam', 'Again: 10 min')
    await expect.poll(() => person.titles('state=completed')).toEqual(['Cake'])
    await expect.poll(async () => (await person.ok('GET', '/notifications')).unread).toBe(0)
    expect(await list.isVisible()).toBe(true)
  })

  test('one of a task that was done since is answered with Done, and the task stays so', async ({ page, person }) => {
    const task = await person.createTask({ title: 'Tea', reminders: [{ kind: 'absolute', at: inMs(0) }] })
    await expect.poll(async () => (await person.ok('GET', '/notifications')).unread).toBe(1)
    await person.complete(task)
    // That has been heard with its task; somebody may want to come back to it all the same.
    expect((await person.ok('POST', '/notifications/read', { read: false })).unread).toBe(1)
    await page.goto('/inbox')
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
    const list = page.getByRole('dialog', { name: 'Notifications' })
    await list.getByRole('button', { name: 'Done', exact: true }).click()
    await expect.poll(async () => (await person.ok('GET', '/notifications')).unread).toBe(0)
    expect((await person.task(task.id)).completedAt).not.toBeNull()
  })

  test('one that has come is told from one that is to come, on the row too', async ({ page, person }) => {
    await person.createTask({ title: 'Tea', reminders: [{ kind: 'absolute', at: inMs(-MINUTE_MS) }] })
    await person.createTask({ title: 'Cake', reminders: [{ kind: 'absolute', at: inMs(60 * MINUTE_MS) }] })
    await page.goto('/inbox')
    const reminderOf = (title: string) => row(page, title).getByRole('button', { name: /^Reminder: /u })
    await reminderOf('Tea')
      .getByText(/, past$/u)
      .waitFor()
    await reminderOf('Cake').waitFor()
    expect(await reminderOf('Cake').textContent()).not.toContain('past')
  })

  test(
    'many at once leave a phone its bell, also spread out, and reach over no edge',
    { tags: ['slow'] },
    async ({ open, person }) => {
      const page = await open({ person, at: 'about:blank', ...PHONE })
      await goLive(page, '/inbox')
      await page.getByText('Your Inbox is clear').waitFor()
      for (const title of ['One', 'Two', 'Three', 'Four']) {
        await person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(300) }] })
        await toast(page, title).waitFor()
      }
      await page.locator('[data-sonner-toast][data-front=true]').hover()
      const spread = page.locator('[data-sonner-toast][data-expanded=true][data-visible=true]')
      await spread.first().waitFor()
      for (const one of await spread.all()) expect((await boxOf(one)).y).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'Notifications, 4 unread' }).click()
      await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
    },
  )

  test(
    'another time is asked for at once, on a phone too, and that the task is open does not matter',
    { tags: ['slow'] },
    async ({ open, person }) => {
      const page = await open({ person, at: 'about:blank', ...PHONE })
      await goLive(page, '/inbox')
      await page.getByText('Your Inbox is clear').waitFor()
      const task = await person.createTask({
        title: 'Tea '.repeat(30).trim(),
        notes: 'leaves\n'.repeat(30),
        reminders: [{ kind: 'absolute', at: inMs(1_000) }],
      })
      await toast(page, 'Tea').getByRole('button', { name: 'Another time…' }).click()
      const time = page.getByLabel('Time of the reminder')
      await expect.poll(() => focusedName(page)).toBe('Time of the reminder')
      const { y, height } = await boxOf(time)
      expect(y + height).toBeLessThan(740)
      const unread = async () => (await person.ok('GET', '/notifications')).unread
      await time.fill('10:15')
      await page.keyboard.press('Enter')
      expect(await unread()).toBe(1)
      await save(page.getByRole('dialog', { name: /^Edit task:/u }))
      await expect.poll(unread).toBe(0)
      await expect
        .poll(async () => (await person.task(task.id)).reminders.at(-1))
        .toMatchObject({ kind: 'absolute', at: `${day(1)}T10:15:00.000Z` })

      await page.goto(`/inbox?task=${task.id}`)
      await taskDialog(page, task.title)
      await goLive(page, `/inbox?task=${task.id}`)
      await person.ok('PATCH', `/tasks/${task.id}`, { reminders: [{ kind: 'absolute', at: inMs(1_000) }] })
      await toast(page, 'Tea').getByRole('button', { name: 'Another time…' }).click()
      await time.waitFor()
    },
  )

  test(
    'one that comes due while a task is open can be read, and snoozed',
    { tags: ['slow'] },
    async ({ page, person }) => {
      const open = await person.createTask({ title: 'Report' })
      await Promise.all([page.waitForResponse(/\/notifications/u), goLive(page, `/inbox?task=${open.id}`)])
      const dialog = await taskDialog(page, 'Report')
      await person.createTask({ title: 'Tea is ready', reminders: [{ kind: 'absolute', at: inMs(1_000) }] })
      const told = toast(page, 'Tea is ready')
      await told.getByRole('button', { name: 'Again: 1 hour' }).waitFor()
      await expect.poll(async () => (await boxOf(told)).y).toBeGreaterThanOrEqual(0)
      await told.getByRole('button', { name: 'Again: 1 hour' }).click()
      await toast(page, '“Tea is ready” comes again').waitFor()
      expect(await dialog.isVisible()).toBe(true)
    },
  )

  test('a link of its mail snoozes it, once, also when it leads through the sign-in', async ({ open, person }) => {
    const task = await person.createTask({ title: 'Tea' })
    const page = await open({ at: `/all?snooze=1h&of=${task.id}` })
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await toast(page, '“Tea” comes again').waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.reload()
    await page.getByRole('heading', { name: 'All tasks', level: 1 }).waitFor()
    await expect.poll(async () => (await person.task(task.id)).reminders.length).toBe(1)
  })

  test('a snooze that is undone leaves the next occurrence the reminders of the series', async ({ page, person }) => {
    const remind = (minutesBefore: number) => ({ reminders: [{ kind: 'relative', minutesBefore }] })
    const daily = { due: { date: day(1), time: '09:00' }, recurrence: { rule: 'FREQ=DAILY' } }
    const task = await person.createTask({ title: 'Tea', ...daily, ...remind(60) })
    await person.ok('PATCH', `/tasks/${task.id}`, { ...remind(10), scope: 'this' })
    const reminders = async () => (await person.task(task.id)).reminders.map((reminder) => reminder.kind)
    await page.goto(`/all?snooze=1h&of=${task.id}`)
    await toast(page, '“Tea” comes again').getByRole('button', { name: 'Undo' }).waitFor()
    await expect.poll(reminders).toEqual(['relative', 'absolute'])
    await toast(page, '“Tea” comes again').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(reminders).toEqual(['relative'])
    expect(await person.task(task.id)).toMatchObject(remind(10))
    expect(await person.nextAfter(await person.complete(task))).toMatchObject(remind(60))
  })

  test('an empty notification centre teaches; all can be marked as read at once', async ({ page, person }) => {
    await page.getByRole('button', { name: 'Notifications', exact: true }).click()
    await page.getByText('Nothing yet').waitFor()
    await page.keyboard.press('Escape')
    for (const title of ['One', 'Two']) {
      await person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(300) }] })
    }
    await page.getByRole('button', { name: 'Notifications, 2 unread' }).click()
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  })
})
