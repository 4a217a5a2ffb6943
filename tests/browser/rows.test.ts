import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { intercept } from './support/intercept.ts'
import { addTask, boxOf, choose, expectTitles, focusedName, gone, row, rowTitle, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('the list of tasks', () => {
  test('a completed task goes, is undone from its toast, and keeps its place', async ({ page, person }) => {
    await person.createTask({ title: 'Alpha', due: { date: day(0) } })
    await person.createTask({ title: 'Beta', due: { date: day(0) } })
    await page.reload()
    await row(page, 'Alpha').getByRole('checkbox', { name: 'Complete Alpha' }).click()
    await toast(page, '“Alpha” done').waitFor()
    await expectTitles(page, ['Beta'])
    await page.getByText('1 to do, 1 done').waitFor()
    await toast(page, '“Alpha” done').getByRole('button', { name: 'Undo' }).click()
    await expectTitles(page, ['Alpha', 'Beta'])
    await expect.poll(async () => (await person.tasks('state=open')).length).toBe(2)
  })

  test('completed tasks unfold at the end and can be opened again', async ({ page }) => {
    await addTask(page, 'Read the paper')
    await row(page, 'Read the paper').getByRole('checkbox').click()
    await page.getByText('All done for today').waitFor()
    await page.getByRole('button', { name: /Show completed/u }).click()
    await page.getByRole('checkbox', { name: 'Reopen Read the paper' }).click()
    await row(page, 'Read the paper').getByRole('checkbox', { name: 'Complete Read the paper' }).waitFor()
    await page.getByText(/· 1 to do$/u).waitFor()
  })

  test('a deleted task comes back by Undo, or later from the bin', async ({ page, person }) => {
    await addTask(page, 'Old plan')
    const remove = async () => {
      await row(page, 'Old plan').hover()
      await row(page, 'Old plan').getByRole('button', { name: 'More for Old plan' }).click()
      await choose(page, /^Delete/u)
      await gone(row(page, 'Old plan'))
    }
    await remove()
    await toast(page, '“Old plan” deleted').getByRole('button', { name: 'Undo' }).click()
    await row(page, 'Old plan').waitFor()
    await remove()
    await page.getByRole('link', { name: 'Bin' }).click()
    await page.getByRole('button', { name: 'Restore Old plan' }).click()
    await page.getByText('The bin is empty').waitFor()
    await expect.poll(() => person.titles('')).toEqual(['Old plan'])
  })

  test('what can be done with a row does not cover its title, also while it is renamed', async ({ page, person }) => {
    const title = 'A title that is long enough to be wrapped '.repeat(5).trim()
    await person.createTask({ title, due: { date: day(0) } })
    await page.reload()
    const tools = row(page, title).getByRole('button', { name: `Rename ${title}` })
    const before = await boxOf(rowTitle(page, title))
    await row(page, title).hover()
    expect((await boxOf(tools)).x).toBeGreaterThanOrEqual(before.x + before.width)
    expect(await boxOf(rowTitle(page, title))).toEqual(before)
    await tools.click()
    const field = await boxOf(page.getByRole('textbox', { name: 'Title' }))
    const flag = await boxOf(page.getByRole('listitem').getByRole('button', { name: 'Priority Medium' }))
    expect(field.x + field.width).toBeLessThanOrEqual(flag.x)
    await gone(tools)
  })

  test('all days can be chosen from, also of a task with a time at the top of the list', async ({ open, person }) => {
    await person.createTask({ title: 'Call', due: { date: day(0), time: '23:59' } })
    const page = await open({ person, viewport: { width: 1440, height: 900 } })
    await row(page, 'Call').getByRole('button', { name: /^Due/u }).click()
    const days = page.getByRole('grid', { name: 'Days' })
    const last = await boxOf(days.getByRole('button').last())
    const time = await boxOf(page.getByRole('dialog').locator('form').last())
    expect(last.y + last.height).toBeLessThanOrEqual(time.y)
  })

  test('title, priority, due date and tags are edited where they stand', async ({ page, person }) => {
    await person.createTask({ title: 'Draft', due: { date: day(0) }, tags: ['one'] })
    await page.reload()
    await row(page, 'Draft').hover()
    await row(page, 'Draft').getByRole('button', { name: 'Rename Draft' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Final report')
    await page.keyboard.press('Enter')
    await rowTitle(page, 'Final report').waitFor()
    expect(await focusedName(page)).toBe('Final report')

    const line = row(page, 'Final report')
    await line.getByRole('button', { name: 'Priority Medium' }).click()
    await choose(page, /^High/u)
    await line.getByRole('button', { name: 'Priority High' }).waitFor()

    await line.getByRole('button', { name: 'Tags: one' }).click()
    await page.getByRole('combobox').fill('two')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await line.getByRole('button', { name: /^Tags: one,? two$/u }).waitFor()

    await page.goto('/all')
    await line.getByRole('button', { name: 'Due Today' }).waitFor({ state: 'detached' })
    await line.getByRole('button', { name: 'More for Final report' }).click()
    await choose(page, /^Due date/u)
    await page.getByRole('button', { name: /^Next week/u }).click()
    await expect
      .poll(async () => (await person.tasks(''))[0])
      .toMatchObject({ title: 'Final report', priority: 'high', tags: ['one', 'two'] })
    await expect.poll(async () => String((await person.tasks(''))[0]?.due?.date) > day(0)).toBe(true)
  })

  test('High and Low say so; Medium, the usual one, is only a flag, with a name and a click', async ({
    page,
    person,
  }) => {
    for (const priority of ['high', 'medium', 'low']) await person.createTask({ title: priority, priority })
    await page.goto('/inbox')
    const badge = (title: string) => row(page, title).getByRole('button', { name: /^Priority/u })
    await badge('high').waitFor()
    expect(await badge('high').innerText()).toBe('High')
    expect(await badge('low').innerText()).toBe('Low')
    expect(await badge('medium').innerText()).toBe('')
    expect(await badge('medium').getAttribute('aria-label')).toBe('Priority Medium')
    await badge('medium').click()
    await choose(page, /^Low/u)
    await expect.poll(() => badge('medium').innerText()).toBe('Low')
  })

  test('Escape puts a title back, an empty one is not saved', async ({ page, person }) => {
    await addTask(page, 'Keep me')
    for (const [typed, key] of [
      ['Something else', 'Escape'],
      ['   ', 'Enter'],
    ] as const) {
      await rowTitle(page, 'Keep me').focus()
      await page.keyboard.press('F2')
      await page.getByRole('textbox', { name: 'Title' }).fill(typed)
      await page.keyboard.press(key)
      await rowTitle(page, 'Keep me').waitFor()
    }
    expect(await person.titles('')).toEqual(['Keep me'])
  })

  test('what the server refuses is undone by itself, and told', async ({ page, person, watch }) => {
    watch.expect(/500/u)
    await person.createTask({ title: 'Alpha', due: { date: day(0) } })
    await person.createTask({ title: 'Beta', due: { date: day(0) } })
    await page.reload()
    await row(page, 'Alpha').waitFor()
    await intercept(page, /\/api\/v1\/tasks\/.+/u, (route) =>
      route.request().method() === 'GET'
        ? route.fallback()
        : route.fulfill({ status: 500, json: { title: 'Broken.' } }),
    )
    await row(page, 'Alpha').getByRole('checkbox').click()
    await toast(page, '“Alpha” could not be completed').waitFor()
    await expectTitles(page, ['Alpha', 'Beta'])
    await row(page, 'Alpha').getByRole('checkbox', { name: 'Complete Alpha' }).waitFor()
    await page.getByText(/· 2 to do$/u).waitFor()

    await rowTitle(page, 'Beta').focus()
    await page.keyboard.press('1')
    await toast(page, '“Beta” could not be changed').waitFor()
    await row(page, 'Beta').getByRole('button', { name: 'Priority Medium' }).waitFor()
    await page.keyboard.press('Delete')
    await toast(page, '“Beta” could not be deleted').waitFor()
    await expectTitles(page, ['Alpha', 'Beta'])
  })

  test('a row is dragged to another place, and stays there', async ({ page, person }) => {
    for (const title of ['One', 'Two', 'Three']) await person.createTask({ title })
    await page.goto('/inbox?sort=manual')
    await row(page, 'Three').waitFor()
    const before = await page.locator('[data-row-title]').allTextContents()
    const [first, , last] = before
    const from = await boxOf(row(page, String(first)))
    const to = await boxOf(row(page, String(last)))
    await row(page, String(first)).hover()
    await page.mouse.move(from.x - 10, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(from.x - 10, to.y + to.height, { steps: 8 })
    await page.mouse.up()
    await expectTitles(page, [...before.slice(1), String(first)])
    await expect.poll(() => person.titles('sort=manual')).toEqual([...before.slice(1), String(first)])
  })
})
