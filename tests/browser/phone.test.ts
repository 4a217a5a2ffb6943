// @module-tag slow
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { fits } from './support/fits.ts'
import { hitAreas, tooSmall } from './support/hit-area.ts'
import { boxOf, gone, newTask, openTask, row, rowTitle } from './support/screen.ts'
import { newPerson, PHONE, test } from './support/story.ts'

const LONG = `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(6)} ${'and then some more '.repeat(8)}`.trim()
const RTL = 'לקנות חלב ולחם בדרך הביתה'

describe('on a phone and in hard cases', () => {
  test('the bottom bar leads everywhere, and adds with the thumb', async ({ open, person }) => {
    await person.ok('POST', '/lists', { name: 'Garden', color: 'green' })
    const page = await open({ person, ...PHONE })
    const bar = page.getByRole('navigation', { name: 'Main' })
    await bar.getByRole('link', { name: 'Inbox' }).tap()
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()
    await bar.getByRole('button', { name: 'Add a task' }).tap()
    await newTask(page.getByRole('dialog')).fill('By thumb')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await row(page, 'By thumb').waitFor()

    await bar.getByRole('button', { name: 'Lists' }).tap()
    const sheet = page.getByRole('dialog', { name: 'Lists and views' })
    await sheet.getByRole('link', { name: 'Garden' }).tap()
    await gone(sheet)
    await page.getByRole('heading', { name: 'Garden', level: 1 }).waitFor()
  })

  test('the task dialog takes the screen, and no screen scrolls sideways', async ({ open, person }) => {
    const tags = ['a-rather-long-tag-that-goes-on', 'another-long-one', 'third']
    const task = await person.createTask({ title: LONG, tags, due: { date: day(0), time: '09:00' }, notes: LONG })
    const page = await open({ person, ...PHONE })
    await row(page, LONG).waitFor()
    const dialog = await openTask(page, LONG)
    // Not in a text field, where the keyboard would come up.
    await expect.poll(() => page.evaluate('document.activeElement?.role')).toBe('dialog')
    const box = await boxOf(dialog)
    expect(box.width).toBe(360)
    expect(box.y).toBeLessThanOrEqual(24)
    expect(box.y + box.height).toBe(740)
    await fits(page)
    for (const at of [
      '/today',
      '/all?tags=third&priority=medium&state=all',
      '/settings',
      '/bin',
      `/upcoming?task=${task.id}`,
    ]) {
      await page.goto(at)
      await page.getByRole('heading', { level: 1, includeHidden: true }).waitFor({ state: 'attached' })
      await fits(page)
    }
  })

  test('every part of a rule of one’s own is within the dialog', async ({ open, person }) => {
    const rent = { title: 'Rent', due: { date: '2040-01-31' }, recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=31,10' } }
    await person.createTask(rent)
    const page = await open({ person, ...PHONE, at: '/all' })
    const dialog = await openTask(page, 'Rent')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
    await recurrence.getByRole('radio', { name: 'Months', exact: true }).waitFor()
    const beyond = () => page.evaluate<string[]>(BEYOND_THE_WINDOW)
    for (const unit of ['Weeks', 'Months', 'Years'] as const) {
      await recurrence.getByRole('radio', { name: unit, exact: true }).click()
      expect(await beyond(), unit).toEqual([])
    }
    await recurrence.getByRole('radio', { name: 'On a weekday' }).click()
    expect(await beyond()).toEqual([])
  })

  test('what a thumb aims at is at least 24 px high and wide', async ({ open, person }) => {
    await person.createTask({ title: 'Tap me', due: { date: day(0) }, tags: ['one'] })
    const page = await open({ person, ...PHONE })
    await row(page, 'Tap me').waitFor()
    const small = await page.evaluate<string[]>(SMALL_TARGETS)
    expect(small).toEqual([])
  })

  test('a thumb has 40 px for what it aims at, and in a row what there is', async ({ open, person }) => {
    await person.createTask({
      title: 'Tap me',
      due: { date: day(1), time: '09:00' },
      tags: ['one', 'two'],
      recurrence: { rule: 'FREQ=DAILY' },
      reminders: [{ kind: 'relative', minutesBefore: 5 }],
      notes: 'Read *me*',
    })
    const page = await open({ person, ...PHONE, at: '/all?tags=one' })
    const line = row(page, 'Tap me')
    await line.waitFor()
    const ofRow = line.getByRole('button')
    expect(await tooSmall(ofRow, { width: 20, height: 28 })).toEqual([])
    const side = line.getByRole('button', { name: /^(More|Priority)/u })
    expect(await tooSmall(side, { width: 40, height: 40 })).toEqual([])
    expect(await tooSmall(page.getByRole('group', { name: 'Filters and order' }).getByRole('button'))).toEqual([])
    expect(await tooSmall(page.getByRole('button', { name: /theme$|^Notifications/u }))).toEqual([])

    const dialog = await openTask(page, 'Tap me')
    const all = dialog.locator('button:not([role=checkbox], [role=switch])')
    expect(await tooSmall(all)).toEqual([])
    await dialog.getByRole('button', { name: /09:00/u }).first().tap()
    const days = page.getByRole('dialog', { name: 'Due date' })
    await days.getByRole('grid').waitFor()
    expect(await tooSmall(days.getByRole('button'))).toEqual([])
  })

  test('a title has most of its row, under a thumb and in a narrow window', async ({ open, person }) => {
    await person.createTask({ title: LONG, due: { date: day(0) } })
    for (const options of [PHONE, { viewport: { width: 360, height: 740 } }]) {
      const page = await open({ person, ...options })
      await row(page, LONG).waitFor()
      const [title, line] = [await boxOf(rowTitle(page, LONG)), await boxOf(row(page, LONG))]
      expect(title.width / line.width).toBeGreaterThan(0.63)
    }
  })

  test('all that can be done with a row is in sight at once', async ({ open, person }) => {
    await person.createTask({ title: 'One', due: { date: day(0) } })
    const page = await open({ person, ...PHONE })
    await row(page, 'One').getByRole('button', { name: 'More for One' }).tap()
    const menu = page.getByRole('menu', { name: 'More for One' })
    expect(await tooSmall(menu.getByRole('menuitem'))).toEqual([])
    const { x, y, width, height } = await boxOf(menu)
    expect([x, width, y + height]).toEqual([0, 360, 740])
    await menu.getByRole('menuitem', { name: 'Delete' }).tap()
    await gone(row(page, 'One'))
  })

  test('the grip of a row is not under the checkbox, nor only where the system has its gestures', async ({
    open,
    person,
  }) => {
    const list = await person.ok('POST', '/lists', { name: 'Steps', color: 'blue' })
    for (const title of ['One', 'Two']) await person.createTask({ title, listId: list.id })
    const page = await open({ person, ...PHONE, at: `/list/${list.id}` })
    const grip = await boxOf(row(page, 'One').locator('[data-grip]'))
    const targets = row(page, 'One').locator('[data-grip], [role=checkbox]')
    expect(await hitAreas(targets)).toMatchObject([
      { left: grip.x, width: 40 },
      { left: 40, width: 34 },
    ])
    const dots = await boxOf(row(page, 'One').locator('[data-grip] svg'))
    expect(dots.x).toBeGreaterThan(10)
    const checkbox = await boxOf(row(page, 'One').getByRole('checkbox'))
    expect(dots.x + dots.width).toBeLessThan(checkbox.x)
  })

  test('what can be done with picked tasks is said in words, and in reach of a thumb', async ({ open, person }) => {
    for (const title of ['One', 'Two']) await person.createTask({ title, due: { date: day(0) } })
    const page = await open({ person, ...PHONE })
    await row(page, 'One').getByRole('button', { name: 'More for One' }).tap()
    await page.getByRole('menuitem', { name: 'Pick' }).tap()
    const bar = page.getByRole('toolbar', { name: 'Picked tasks' })
    await bar.getByText('1 picked').waitFor()
    // The first one is picked from its menu, the others by a tap, which takes back as well.
    for (const count of [2, 1, 2]) {
      await rowTitle(page, 'Two').tap()
      await bar.getByText(`${count} picked`).waitFor()
    }
    for (const name of ['Complete', 'Due', 'Priority', 'Tags', 'Move', 'Delete']) {
      const { x, y, width, height } = await boxOf(bar.getByText(name, { exact: true }))
      expect(x + width).toBeLessThanOrEqual(360)
      expect(y + height).toBeLessThanOrEqual(740)
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
    }
    expect(await tooSmall(bar.getByRole('button'), { width: 44, height: 44 })).toEqual([])
    await bar.getByRole('button', { name: 'Complete' }).tap()
    await page.getByText('All done for today').waitFor()
  })

  test('a long name in the sidebar is cut, and its count is seen', async ({ page, person }) => {
    const list = await person.ok('POST', '/lists', { name: LONG.slice(0, 90), color: 'green' })
    await person.createTask({ title: 'One', listId: list.id })
    const entry = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: LONG.slice(0, 20) })
    const count = await boxOf(entry.getByText('1', { exact: true }))
    const sidebar = await boxOf(page.getByRole('navigation', { name: 'Main' }))
    expect(count.x + count.width).toBeLessThan(sidebar.x + sidebar.width)
  })

  test('titles that run from right to left, and very long ones, keep to their row', async ({ page, person, open }) => {
    for (const title of [RTL, LONG, '🧑🏽‍🚀 '.repeat(40).trim(), '<b>not bold</b> & "quoted"']) {
      await person.createTask({ title, due: { date: day(0) } })
    }
    await page.reload()
    await row(page, LONG).waitFor()
    await rowTitle(page, RTL).locator('span:dir(rtl)').waitFor()
    await row(page, '<b>not bold</b> & "quoted"').waitFor()
    await fits(page)
    await expectNoOverlap(page)
    const phone = await open({ person, ...PHONE })
    await row(phone, LONG).waitFor()
    await fits(phone)
    await expectNoOverlap(phone)
  })

  test('a person whose language runs from right to left can use all of it', async ({ open }) => {
    const person = await newPerson('דוד', { locale: 'he-IL' }).catch(() => newPerson('David', { locale: 'he-IL' }))
    await person.createTask({ title: RTL, due: { date: day(1), time: '09:00' } })
    const page = await open({ person, at: '/upcoming' })
    await row(page, RTL).waitFor()
    await fits(page)
  })
})

const BEYOND_THE_WINDOW = `[...document.querySelectorAll('[role=dialog] *')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth)
  .map((part) => part.outerHTML.slice(0, 160))`

async function expectNoOverlap(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate<string[]>(OVERLAPS)).toEqual([])
}

/** Rows that lie over the next one. */
const OVERLAPS = `[...document.querySelectorAll('[data-task]')]
  .map((row) => [row.getBoundingClientRect(), row.textContent.slice(0, 40)])
  .sort(([a], [b]) => a.top - b.top)
  .filter(([box], index, all) => all[index + 1] && box.bottom > all[index + 1][0].top + 1)
  .map(([, text]) => text)`

/** Buttons and links in sight that are smaller than WCAG 2.2's 24 px (2.5.8) and have nothing that widens them. */
const SMALL_TARGETS = `[...document.querySelectorAll('button, a, input, [role=checkbox]')]
  .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((target) => {
    const box = target.getBoundingClientRect()
    const around = getComputedStyle(target, '::before')
    const grown = around.content !== 'none' && around.position === 'absolute' ? 20 : 0
    return { name: target.getAttribute('aria-label') || target.textContent, width: box.width + grown, height: box.height + grown }
  })
  .filter(({ width, height }) => width > 1 && (width < 24 || height < 24))
  .map(({ name, width, height }) => name + ' ' + Math.round(width) + ' × ' + Math.round(height))`
