import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import {
  addTask,
  choose,
  expectTitles,
  goLive,
  gone,
  openTask,
  place,
  row,
  rowTitle,
  save,
  taskDialog,
  toast,
} from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

describe('undo', () => {
  test('each change on a row is undone from its toast', async ({ page, person }) => {
    const task = await person.createTask({ title: 'Draft', tags: ['one'] })
    await page.goto('/inbox')
    const undo = (text: string | RegExp) => toast(page, text).getByRole('button', { name: 'Undo' }).click()

    await rowTitle(page, 'Draft').focus()
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'Title' }).fill('Final')
    await page.keyboard.press('Enter')
    await rowTitle(page, 'Final').waitFor()
    await undo('Renamed to “Final”')
    const line = row(page, 'Draft')
    await line.waitFor()

    await line.getByRole('button', { name: 'Priority Medium' }).click()
    await choose(page, /^High/u)
    await line.getByRole('button', { name: 'Priority High' }).waitFor()
    await undo('“Draft” is of high priority now')
    await line.getByRole('button', { name: 'Priority Medium' }).waitFor()

    await line.getByRole('button', { name: 'Tags: one' }).click()
    for (const tag of ['two', 'three']) {
      await page.getByRole('combobox').fill(tag)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Escape')
    await undo('Tags of “Draft” changed')
    await line.getByRole('button', { name: /^Tags: one$/u }).waitFor()
    await expect.poll(() => person.task(task.id)).toMatchObject({ title: 'Draft', priority: 'medium', tags: ['one'] })
  })

  test('a priority that several tasks got at once is undone at once', async ({ page, person }) => {
    await person.createTask({ title: 'A', priority: 'low' })
    await person.createTask({ title: 'B' })
    await page.goto('/inbox?sort=title')
    await row(page, 'B').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('1')
    await row(page, 'B').getByRole('button', { name: 'Priority High' }).waitFor()
    await toast(page, '2 tasks are of high priority now').getByRole('button', { name: 'Undo' }).click()
    await row(page, 'A').getByRole('button', { name: 'Priority Low' }).waitFor()
    await row(page, 'B').getByRole('button', { name: 'Priority Medium' }).waitFor()
  })

  test(
    'what was saved in the dialog is undone in one go, and nothing else',
    { tags: ['slow'] },
    async ({ page, person }) => {
      const task = await person.createTask({ title: 'Plan', notes: 'Before', due: { date: day(0) } })
      await page.goto('/all')
      const dialog = await openTask(page, 'Plan')
      await dialog.getByRole('textbox', { name: 'Title' }).fill('Plan it all')
      await dialog.getByRole('radio', { name: 'High' }).click()
      await dialog.getByRole('button', { name: 'Remove the due date' }).click()
      await save(dialog)
      await expect.poll(() => person.task(task.id)).toMatchObject({ title: 'Plan it all', due: null })
      await person.ok('PATCH', `/tasks/${task.id}`, { notes: 'From elsewhere' })
      await toast(page, '“Plan it all” saved').getByRole('button', { name: 'Undo' }).click()
      await expect
        .poll(() => person.task(task.id))
        .toMatchObject({ title: 'Plan', priority: 'medium', due: { date: day(0) }, notes: 'From elsewhere' })
    },
  )

  test(
    'no toast covers what can be done with picked tasks, or the buttons of a dialog',
    { tags: ['slow'] },
    async ({ open, person }) => {
      const subtasks = Array.from({ length: 20 }, (_, index) => ({ title: `Step ${index}` }))
      for (const title of ['A', 'B', 'C']) await person.createTask({ title, due: { date: day(0) }, subtasks })
      for (const size of [
        { viewport: { width: 1280, height: 720 } },
        { viewport: { width: 700, height: 800 } },
        PHONE,
      ]) {
        const page = await open({ person, ...size })
        const isClear = async (control: Locator) => {
          await control.click({ trial: true, timeout: 2_000 })
          await toast(page, 'is of').first().waitFor()
        }
        await row(page, 'C').waitFor()
        await page.getByRole('region', { name: /^Notifications/u }).waitFor({ state: 'attached' })
        for (const key of ['j', 'x', '3']) await page.keyboard.press(key)
        await toast(page, 'is of low priority now').waitFor()
        await page.keyboard.press('1')
        await toast(page, 'is of high priority now').waitFor()
        for (const button of await page.getByRole('toolbar', { name: 'Picked tasks' }).getByRole('button').all()) {
          await isClear(button)
        }
        await page.keyboard.press('Escape')
        await page.keyboard.press('e')
        const dialog = await taskDialog(page, 'A')
        for (const name of ['Delete task', 'Cancel', 'Save'])
          await isClear(dialog.getByRole('button', { name, exact: true }))
        await page.context().close()
      }
    },
  )

  test('a completion that is undone takes its next occurrence along, of one task and of many', async ({
    page,
    person,
  }) => {
    const recurrence = { rule: 'FREQ=DAILY', anchor: 'due' }
    for (const title of ['Air the room', 'Water the plants'])
      await person.createTask({ title, due: { date: day(0) }, recurrence })
    await goLive(page, '/inbox?sort=title')
    await row(page, 'Air the room').getByRole('checkbox').click()
    await toast(page, '“Air the room” done. Next: tomorrow').getByRole('button', { name: 'Undo' }).click()
    await row(page, 'Air the room').getByText('Today', { exact: true }).waitFor()
    await expectTitles(page, ['Air the room', 'Water the plants'])

    await page.keyboard.press('Control+a')
    await page.keyboard.press('c')
    await expect.poll(() => page.getByRole('listitem').getByText('Tomorrow', { exact: true }).count()).toBe(2)
    await toast(page, '2 tasks done').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.getByRole('listitem').getByText('Today', { exact: true }).count()).toBe(2)
    await expectTitles(page, ['Air the room', 'Water the plants'])
  })

  test('z undoes the last change of any kind, one after the other', async ({ page, person }) => {
    const list = await person.ok('POST', '/lists', { name: 'Steps', color: 'blue' })
    for (const title of ['One', 'Two']) await person.createTask({ title, listId: list.id })
    await page.goto(`/list/${list.id}?sort=manual`)
    await row(page, 'Two').waitFor()
    const [first = '', second = ''] = await page.locator('[data-row-title]').allTextContents()
    await addTask(page, 'Three')
    await rowTitle(page, first).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await expectTitles(page, [second, first, 'Three'])
    await page.keyboard.press('1')
    await row(page, first).getByRole('button', { name: 'Priority High' }).waitFor()
    await renameList(page, 'Steps', 'Stairs')

    await undoByKey(page)
    await place(page, 'Steps').waitFor()
    // To many this takes back an undo.
    await page.keyboard.press('Control+Shift+Z')
    await row(page, first).getByRole('button', { name: 'Priority High' }).waitFor()
    await undoByKey(page)
    await row(page, first).getByRole('button', { name: 'Priority Medium' }).waitFor()
    await undoByKey(page)
    await expectTitles(page, [first, second, 'Three'])
    await undoByKey(page)
    await expectTitles(page, [first, second])
    await page.keyboard.press('z')
    await toast(page, 'Nothing to undo').waitFor()
    await expect.poll(() => person.titles('sort=manual')).toEqual([first, second])
  })
})

async function undoByKey(page: Page): Promise<void> {
  await page.keyboard.press('z')
  await toast(page, /^Undone: /u).waitFor()
}

async function renameList(page: Page, from: string, to: string): Promise<void> {
  await page
    .getByRole('main')
    .getByRole('button', { name: `Options of list ${from}` })
    .click()
  await choose(page, 'Rename or recolour')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(to)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await gone(dialog)
  await place(page, to).waitFor()
}
