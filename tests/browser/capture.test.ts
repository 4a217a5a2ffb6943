import { describe, expect } from 'vitest'
import { intercept } from './support/intercept.ts'
import {
  addTask,
  boxOf,
  choose,
  expectTitles,
  focusedName,
  gone,
  newTask,
  row,
  taskDialog,
  toast,
} from './support/screen.ts'
import { test } from './support/story.ts'

describe('quick add', () => {
  test('a line with #tag and !high becomes a task with both, and the line is ready for the next', async ({
    page,
    person,
  }) => {
    await newTask(page).fill('Buy oat milk #shop !high')
    await page.getByText('#shop', { exact: true }).waitFor()
    await newTask(page).press('Enter')
    const line = row(page, 'Buy oat milk')
    await line.getByRole('button', { name: 'Priority High' }).waitFor()
    await line.getByRole('button', { name: 'Tags: shop' }).waitFor()
    expect(await newTask(page).inputValue()).toBe('')
    expect(await focusedName(page)).toBe('New task')
    await addTask(page, 'And bread')
    await expect.poll(() => person.titles('sort=title')).toEqual(['And bread', 'Buy oat milk'])
    expect((await person.tasks('tagsAny=shop'))[0]).toMatchObject({ title: 'Buy oat milk', priority: 'high' })
  })

  test('what was understood can be taken back before saving: the word stays in the title', async ({ page }) => {
    await newTask(page).fill('Fix issue #42 !high')
    await page.getByRole('button', { name: 'Keep #42 as plain text' }).click()
    await page.getByRole('button', { name: 'Keep !high as plain text' }).click()
    await newTask(page).press('Enter')
    await row(page, 'Fix issue #42 !high').getByRole('button', { name: 'Priority Medium' }).waitFor()
  })

  test('a whole sentence becomes a task: list, rule, time, tag, priority and reminder are shown before they are saved', async ({
    page,
    person,
  }) => {
    const list = await person.ok('POST', '/lists', { name: 'Finance', color: 'green' })
    await newTask(page).fill('Pay rent every 1st at 9am !high #home /Finance remind 1d before until done')
    const chips = page.getByRole('group', { name: 'Details of the new task' })
    await chips.getByText(/^Monthly on the 1st, from .*09:00$/u).waitFor()
    for (const words of ['High', '#home', 'Finance', '1 day before, every 10 min until done'])
      await chips.getByText(words, { exact: true }).waitFor()
    await newTask(page).press('Enter')
    await page.getByText('Added “Pay rent”.').waitFor()
    await expect.poll(() => person.titles('')).toEqual(['Pay rent'])
    expect((await person.tasks(''))[0]).toMatchObject({
      listId: list.id,
      priority: 'high',
      tags: ['home'],
      due: { time: '09:00' },
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1' },
      reminders: [{ kind: 'relative', minutesBefore: 1_440, repeatMinutes: 10 }],
    })
  })

  test('a date that was not meant is taken back by its cross, and stays in the title', async ({ page, person }) => {
    await newTask(page).fill('Watch Good Friday tomorrow')
    await page.getByRole('button', { name: /^Keep tomorrow as plain text/u }).click()
    await newTask(page).press('Enter')
    await expect.poll(() => person.titles('')).toEqual(['Watch Good Friday tomorrow'])
  })

  test('date, list, recurrence and reminder are chips that can be set and cleared before saving', async ({
    page,
    person,
  }) => {
    await person.ok('POST', '/lists', { name: 'Home', color: 'green' })
    const chips = page.getByRole('group', { name: 'Details of the new task' })
    await newTask(page).fill('Clean the gutter')
    await chips.getByRole('button', { name: 'Due: Today' }).click()
    await page.getByRole('button', { name: /^Tomorrow/u }).click()
    await chips.getByRole('button', { name: 'Due: Tomorrow' }).waitFor()
    await chips.getByRole('button', { name: /^List/u }).click()
    await choose(page, /Home/u)
    await chips.getByRole('button', { name: 'Repeat', exact: true }).click()
    await choose(page, 'Weekly')
    await chips.getByRole('button', { name: 'Reminder', exact: true }).click()
    await choose(page, '1 h before')
    await page.keyboard.press('Escape')
    await chips.getByRole('button', { name: 'Remove reminder' }).click()
    await newTask(page).press('Enter')
    await expect.poll(() => person.titles('')).toEqual(['Clean the gutter'])
    const [task] = await person.tasks('')
    expect(task).toMatchObject({ recurrence: { rule: expect.stringContaining('WEEKLY') }, reminders: [] })
    await page.getByRole('link', { name: /^Home/u }).click()
    await row(page, 'Clean the gutter').getByText('Tomorrow').waitFor()
  })

  test('nothing typed is lost: the line outlives another place and a reload', async ({ page }) => {
    await newTask(page).fill('Half a thought')
    await page.reload()
    expect(await newTask(page).inputValue()).toBe('Half a thought')
    await newTask(page).press('Enter')
    await row(page, 'Half a thought').waitFor()
    await page.reload()
    await row(page, 'Half a thought').waitFor()
    expect(await newTask(page).inputValue()).toBe('')
  })

  test('a task that the server refuses comes back for editing, with a toast that says why', async ({ page, watch }) => {
    watch.expect(/500/u)
    await intercept(page, '**/api/v1/tasks', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 500, json: { title: 'Broken.' } })
        : route.fallback(),
    )
    await newTask(page).fill('Call the bank #money')
    await newTask(page).press('Enter')
    await toast(page, '“Call the bank” was not added').getByRole('button', { name: 'Edit' }).click()
    await gone(page.getByText('Added “Call the bank”.'))
    const dialog = page.getByRole('dialog', { name: 'Add a task' })
    expect(await dialog.getByRole('textbox', { name: 'New task' }).inputValue()).toBe('Call the bank #money')
    await expectTitles(page, [])
    await page.unroute('**/api/v1/tasks')
    await page.keyboard.press('Enter')
    await dialog.getByText('Added “Call the bank”.').waitFor()
    await page.keyboard.press('Escape')
    await row(page, 'Call the bank').waitFor()
  })

  test(
    'what was added can be opened from under the line, and is no longer called added once it is undone',
    { tags: ['slow'] },
    async ({ page }) => {
      await page.goto('/inbox')
      await addTask(page, 'Ring the plumber')
      const chips = page.getByRole('group', { name: 'Details of the new task' })
      await page.getByRole('heading', { name: 'Inbox', level: 1 }).click()
      await gone(chips)
      const open = page.getByRole('button', { name: 'Open', exact: true })
      const { x, y, width, height } = await boxOf(open)
      await page.mouse.move(x + width / 2, y + height / 2)
      await page.mouse.down()
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      expect(await boxOf(open)).toEqual({ x, y, width, height })
      await page.mouse.up()
      const dialog = await taskDialog(page, 'Ring the plumber')
      await page.keyboard.press('Escape')
      await gone(dialog)
      await page.keyboard.press('z')
      await gone(row(page, 'Ring the plumber'))
      await gone(page.getByText('Added “Ring the plumber”.'))
    },
  )

  test('a task added in a list, a tag and Today belongs there', async ({ page, person }) => {
    const list = await person.ok('POST', '/lists', { name: 'Work', color: 'blue' })
    await person.createTask({ title: 'First', tags: ['calls'] })
    for (const [at, title] of [
      [`/list/${list.id}`, 'In the list'],
      ['/tag/calls', 'With the tag'],
      ['/today', 'For today'],
    ] as const) {
      await page.goto(at)
      await addTask(page, title)
    }
    const tasks = await person.tasks('')
    const byTitle = (title: string) => tasks.find((task) => task.title === title)
    expect(byTitle('In the list')?.listId).toBe(list.id)
    expect(byTitle('With the tag')?.tags).toEqual(['calls'])
    expect(byTitle('For today')?.due?.date).toBe(new Date().toISOString().slice(0, 10))
  })
})
