// @module-tag slow
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { expectAccessible } from './support/axe.ts'
import { boxOf, choose, focusedName, gone, row, rowTitle, toast } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

const DAILY = { rule: 'FREQ=DAILY', anchor: 'due' }

describe('on a row', () => {
  test('a click on the recurrence changes how often, from when and how long, and one Undo takes it all back', async ({
    page,
    person,
  }) => {
    const { id } = await person.createTask({ title: 'Water plants', due: { date: day(0) }, recurrence: DAILY })
    await page.goto('/today')
    await row(page, 'Water plants').getByRole('button', { name: 'Repeats: Every day' }).click()
    const popover = page.getByRole('dialog', { name: 'Recurrence of Water plants' })
    await popover.getByRole('button', { name: 'Every day' }).click()
    await choose(page, 'Weekdays')
    await popover.getByRole('radio', { name: 'From completion' }).click()
    await popover.getByRole('radio', { name: 'After a count' }).click()
    await popover.getByRole('spinbutton', { name: 'How many times' }).fill('4')
    await expectAccessible(page, 'the recurrence of a row', '[role="dialog"]')
    await page.keyboard.press('Escape')
    const changed = row(page, 'Water plants').getByRole('button', { name: /^Repeats: Every weekday/u })
    await changed.waitFor()
    expect(await focusedName(page)).toBe(await changed.getAttribute('aria-label'))
    await expect
      .poll(async () => (await person.task(id)).recurrence)
      .toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=4', anchor: 'completion' })
    await toast(page, 'Recurrence of “Water plants” changed').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await person.task(id)).recurrence).toMatchObject(DAILY)
  })

  test('a rule that is taken away where it stands leaves the focus on its row', async ({ page, person }) => {
    const { id } = await person.createTask({ title: 'Stretch', due: { date: day(0) }, recurrence: DAILY })
    await page.goto('/today')
    const note = row(page, 'Stretch').getByRole('button', { name: /^Repeats/u })
    await note.click()
    const popover = page.getByRole('dialog', { name: 'Recurrence of Stretch' })
    const before = await boxOf(popover)
    await popover.getByRole('button', { name: 'Every day' }).click()
    await choose(page, 'None')
    await gone(note)
    const after = await boxOf(popover)
    expect([after.x, after.y]).toEqual([before.x, before.y])
    await page.keyboard.press('Escape')
    await gone(popover)
    await expect.poll(() => focusedName(page)).toBe('Stretch')
    await expect.poll(async () => (await person.task(id)).recurrence).toBeNull()
  })

  test('a click on the reminder adds another and takes the first away', async ({ page, person }) => {
    const reminders = [{ kind: 'relative', minutesBefore: 15 }]
    const { id } = await person.createTask({ title: 'Call home', due: { date: day(1), time: '18:00' }, reminders })
    await page.goto('/all')
    await row(page, 'Call home').getByRole('button', { name: 'Reminder: 15 min before' }).click()
    const popover = page.getByRole('dialog', { name: 'Reminders of Call home' })
    await popover.getByRole('button', { name: 'Add a reminder' }).click()
    await choose(page, '1 h before')
    await popover.getByRole('button', { name: 'Remove reminder 15 min before' }).click()
    await popover.getByRole('button', { name: 'Add a reminder' }).click()
    await choose(page, 'At a date and time…')
    await popover.getByRole('form', { name: 'Another reminder' }).waitFor()
    await page.keyboard.press('Escape')
    await gone(popover.getByRole('form', { name: 'Another reminder' }))
    await popover.getByRole('button', { name: 'Remove reminder 1 h before' }).waitFor()
    await expectAccessible(page, 'the reminders of a row', '[role="dialog"]')
    await page.keyboard.press('Escape')
    await row(page, 'Call home').getByRole('button', { name: 'Reminder: 1 h before' }).waitFor()
    await toast(page, 'Reminders of “Call home” changed').waitFor()
    await expect
      .poll(async () => (await person.task(id)).reminders)
      .toMatchObject([{ kind: 'relative', minutesBefore: 60 }])
  })

  test('a click on the list moves the task to another one', async ({ page, person }) => {
    const work = await person.ok('POST', '/lists', { name: 'Work', color: 'blue' })
    const home = await person.ok('POST', '/lists', { name: 'Home', color: 'green' })
    const { id } = await person.createTask({ title: 'Fix the lamp', listId: work.id })
    await page.goto('/all')
    await row(page, 'Fix the lamp').getByRole('button', { name: 'List: Work' }).click()
    await choose(page, 'Home')
    await row(page, 'Fix the lamp').getByRole('button', { name: 'List: Home' }).waitFor()
    await toast(page, '“Fix the lamp” moved to Home').waitFor()
    await expect.poll(async () => (await person.task(id)).listId).toBe(home.id)
  })

  test('what is not set yet is set by a key, and by a tool that shows with the pointer', async ({ page, person }) => {
    const { id } = await person.createTask({ title: 'Stand-up', due: { date: day(0) } })
    await page.goto('/today')
    const height = async () => (await row(page, 'Stand-up').boundingBox())!.height
    const before = await height()
    await row(page, 'Stand-up').hover()
    await row(page, 'Stand-up').getByRole('button', { name: 'Repeat Stand-up' }).waitFor()
    expect(await height()).toBe(before)
    await rowTitle(page, 'Stand-up').focus()
    await page.keyboard.press('r')
    const recurrence = page.getByRole('dialog', { name: 'Recurrence of Stand-up' })
    await recurrence.getByRole('button', { name: 'None' }).click()
    await choose(page, 'Daily')
    await page.keyboard.press('Escape')
    await row(page, 'Stand-up').getByRole('button', { name: 'Repeats: Every day' }).waitFor()
    await row(page, 'Stand-up').hover()
    await row(page, 'Stand-up').getByRole('button', { name: 'Set a reminder for Stand-up' }).click()
    const reminders = page.getByRole('dialog', { name: 'Reminders of Stand-up' })
    await reminders.getByRole('button', { name: 'Add a reminder' }).click()
    await choose(page, 'At the due time')
    await page.keyboard.press('Escape')
    await row(page, 'Stand-up').getByRole('button', { name: 'Reminder: At the due time' }).waitFor()
    await expect
      .poll(async () => person.task(id))
      .toMatchObject({ recurrence: DAILY, reminders: [{ minutesBefore: 0 }] })
  })

  test('all days to choose from are seen, also where there is no room for them below or above the row', async ({
    open,
    person,
  }) => {
    for (const title of ['One', 'Two', 'Three']) {
      await person.createTask({ title, due: { date: day(1), time: '09:00' } })
    }
    const page = await open({ person, at: '/upcoming', viewport: { width: 1280, height: 720 } })
    await row(page, 'Two').getByRole('button', { name: /^Due/u }).click()
    const days = await boxOf(page.getByRole('dialog', { name: 'Due date of Two' }))
    const last = await boxOf(page.getByRole('gridcell').last())
    const time = await boxOf(page.getByLabel('Time', { exact: true }))
    expect(days.y).toBeGreaterThanOrEqual(0)
    expect(last.y + last.height).toBeLessThanOrEqual(time.y)
    expect(time.y + time.height).toBeLessThanOrEqual(720)
  })

  test('on a phone its menu offers all of it, in sheets from the bottom edge', async ({ open, person }) => {
    await person.createTask({ title: 'Pay rent', due: { date: day(0) } })
    const page = await open({ person, at: '/today', ...PHONE })
    for (const [entry, sheet] of [
      [/^Recurrence/u, 'Recurrence of Pay rent'],
      [/^Reminders/u, 'Reminders of Pay rent'],
      [/^Move to list/u, 'Move to list of Pay rent'],
    ] as const) {
      await row(page, 'Pay rent').getByRole('button', { name: 'More for Pay rent' }).tap()
      await choose(page, entry)
      const dialog = page.getByRole('dialog', { name: sheet })
      await dialog.waitFor()
      await expect.poll(async () => (await dialog.boundingBox())!.width).toBe(PHONE.viewport?.width)
      await page.keyboard.press('Escape')
      await gone(dialog)
    }
  })
})
