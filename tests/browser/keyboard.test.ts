import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { expectTitles, focusedName, gone, newTask, row, rowTitle, taskDialog } from './support/screen.ts'
import { test } from './support/story.ts'

describe('by keyboard alone', () => {
  test('j and k walk, 1 2 3 set the priority, c completes, e opens, z undoes', async ({ page, person }) => {
    for (const [index, title] of ['One', 'Two', 'Three'].entries()) {
      await person.createTask({ title, due: { date: day(index) } })
    }
    await page.goto('/all')
    await row(page, 'Three').waitFor()
    const press = (key: string) => page.keyboard.press(key)
    await press('j')
    expect(await focusedName(page)).toBe('One')
    await press('j')
    await press('j')
    await press('k')
    expect(await focusedName(page)).toBe('Two')
    await press('1')
    await row(page, 'Two').getByRole('button', { name: 'Priority High' }).waitFor()
    await press('3')
    await row(page, 'Two').getByRole('button', { name: 'Priority Low' }).waitFor()
    await press('2')
    await row(page, 'Two').getByRole('button', { name: 'Priority Medium' }).waitFor()
    await press('e')
    await taskDialog(page, 'Two')
    await press('Escape')
    await expect.poll(() => focusedName(page)).toBe('Two')
    await press('c')
    await expectTitles(page, ['One', 'Three'])
    await expect.poll(() => focusedName(page)).toBe('Three')
    await press('z')
    await expectTitles(page, ['One', 'Two', 'Three'])
    await press('Delete')
    await expectTitles(page, ['One', 'Two'])
  })

  test('q adds from anywhere, ? helps, Ctrl+K goes and does, Escape closes', async ({ page, person }) => {
    await person.createTask({ title: 'Buy stamps' })
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.keyboard.press('q')
    const add = page.getByRole('dialog', { name: 'Add a task' })
    await newTask(page).fill('From settings #now')
    await page.keyboard.press('Enter')
    await add.getByText('Added “From settings”.').waitFor()
    await page.keyboard.press('Escape')
    await gone(add)

    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await help.getByText('Undo the last change').waitFor()
    await page.keyboard.press('Escape')
    await gone(help)

    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await palette.getByRole('combobox').fill('all')
    await palette.getByRole('option', { name: /^All tasks/u }).waitFor()
    await page.keyboard.press('Enter')
    await gone(palette)
    await row(page, 'From settings').waitFor()

    await page.keyboard.press('Control+k')
    await palette.getByRole('combobox').fill('stamps')
    await palette.getByRole('option', { name: 'Buy stamps' }).click()
    await taskDialog(page, 'Buy stamps')
  })

  test('what is typed while a dialog is still on its way does nothing to the tasks', async ({ page, person }) => {
    await person.createTask({ title: 'Leave me alone', due: { date: day(0) } })
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/quick-add-dialog-*.js', async (route) => {
      await isReleased
      await route.continue()
    })
    await page.reload()
    await rowTitle(page, 'Leave me alone').focus()
    for (const key of ['q', 'c', ' ', '1', 'Delete']) await page.keyboard.press(key)
    release()
    await page.getByRole('dialog', { name: 'Add a task' }).waitFor()
    await page.keyboard.press('Escape')
    await gone(page.getByRole('dialog'))
    expect(new URL(page.url()).search, 'the task that had the focus is not opened').toBe('')
    expect(await person.tasks('')).toMatchObject([{ title: 'Leave me alone', priority: 'medium', completedAt: null }])
  })

  test('g and a letter go to a place; keys do nothing while typing', async ({ page }) => {
    await page.getByText('Nothing is due today').waitFor()
    for (const [key, heading] of [
      ['u', 'Upcoming'],
      ['i', 'Inbox'],
      ['b', 'Bin'],
      ['s', 'Settings'],
      ['t', 'Today'],
    ] as const) {
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    }
    await newTask(page).focus()
    await page.keyboard.type('q?jk gi')
    expect(await newTask(page).inputValue()).toBe('q?jk gi')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('due date, tags and list open at the row by d, t and m', async ({ page, person }) => {
    await person.createTask({ title: 'Where and when' })
    await page.goto('/inbox')
    await rowTitle(page, 'Where and when').focus()
    for (const [key, name] of [
      ['d', 'Due date of Where and when'],
      ['t', 'Tags of Where and when'],
      ['m', 'Move to list of Where and when'],
    ] as const) {
      await page.keyboard.press(key)
      await page.getByRole('dialog', { name }).waitFor()
      await page.keyboard.press('Escape')
      await gone(page.getByRole('dialog', { name }))
      await expect.poll(() => focusedName(page)).toBe('Where and when')
    }
    await page.keyboard.press('d')
    await page.getByRole('gridcell', { selected: false }).first().waitFor()
    await page.getByRole('button', { name: /^Today/u }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await person.tasks(''))[0]?.due?.date).toBe(day(0))
  })

  test('d and some words give a task its day and time', async ({ page, person }) => {
    const { id } = await person.createTask({ title: 'Call the bank' })
    await page.goto('/inbox')
    await rowTitle(page, 'Call the bank').focus()
    await page.keyboard.press('d')
    const dialog = page.getByRole('dialog', { name: 'Due date of Call the bank' })
    await expect.poll(() => focusedName(page)).toBe('Due date in words')
    await page.keyboard.type('whenever')
    await page.keyboard.press('Enter')
    await dialog.getByText('That is no day and no time.').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('tomorrow 9am')
    await dialog.getByRole('button', { name: 'Tomorrow 09:00' }).waitFor()
    await page.keyboard.press('Enter')
    await gone(dialog)
    await expect.poll(async () => (await person.task(id)).due).toMatchObject({ date: day(1), time: '09:00' })
    // A time alone is one of that day, and a day alone keeps the time.
    await expect.poll(() => focusedName(page)).toBe('Call the bank')
    await page.keyboard.press('d')
    await page.keyboard.type('18:30')
    await dialog.getByRole('button', { name: 'Tomorrow 18:30' }).click()
    await expect.poll(async () => (await person.task(id)).due).toMatchObject({ date: day(1), time: '18:30' })
    await gone(dialog)
    await page.keyboard.press('d')
    await page.keyboard.type('today')
    await dialog.getByRole('button', { name: 'Today 18:30' }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await person.task(id)).due).toMatchObject({ date: day(0), time: '18:30' })
  })

  test('a day that is written for a task to be adds nothing before it is chosen', async ({ page, person }) => {
    await newTask(page).fill('Clean the gutter')
    await page.getByRole('button', { name: 'Due: Today' }).click()
    await page.getByLabel('Due date in words').fill('tomorrow 9am')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Due: Tomorrow 09:00' }).click()
    await page.getByLabel('Time', { exact: true }).fill('10:00')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Due: Tomorrow 10:00' }).waitFor()
    expect(await person.tasks('')).toEqual([])
    await newTask(page).press('Enter')
    await expect.poll(async () => (await person.tasks(''))[0]?.due).toMatchObject({ date: day(1), time: '10:00' })
  })

  test('Ctrl+K and some letters of a task open it by Enter', async ({ page, person }) => {
    await person.createTask({ title: 'Dentist: confirm the appointment' })
    await page.getByText('Nothing is due today').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await page.keyboard.type('dent')
    await page.getByRole('option', { name: 'Dentist: confirm the appointment', selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await taskDialog(page, 'Dentist: confirm the appointment')
  })

  test('Tab shows where the focus is, and the first stop skips to the tasks', async ({ page }) => {
    await page.getByText('Nothing is due today').waitFor()
    await page.keyboard.press('Tab')
    expect(await focusedName(page)).toBe('Skip to the tasks')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement?.id')).toBe('main')
    for (let stop = 0; stop < 25; stop += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(FOCUS_IS_VISIBLE), `stop ${stop}: ${await focusedName(page)}`).toBe(true)
    }
  })
})

/** The focused element, or what it stands in, draws an outline, a ring or a border of its own. */
const FOCUS_IS_VISIBLE = `(() => {
  for (let element = document.activeElement; element && element !== document.body; element = element.parentElement) {
    const style = getComputedStyle(element)
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) return true
    if (element.matches('form') && element.matches(':focus-within')) return true
  }
  return document.activeElement === document.body
})()`
