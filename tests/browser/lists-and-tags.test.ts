import { describe, expect } from 'vitest'
import { focusedName, addTask, boxOf, choose, expectTitles, gone, place, row, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('lists and tags', () => {
  test('a list is made, renamed, recoloured, deleted and brought back with its tasks', async ({ page, person }) => {
    await page.getByRole('button', { name: 'New list' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Groceries')
    await dialog.getByTitle('green', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Make list' }).click()
    await page.getByRole('heading', { name: 'Groceries', level: 1 }).waitFor()
    await page.getByText('This list is empty').waitFor()
    await expect.poll(() => focusedName(page)).toBe('New task')
    await addTask(page, 'Apples')

    await page.getByRole('main').getByRole('button', { name: 'Options of list Groceries' }).click()
    await choose(page, 'Rename or recolour')
    expect(await dialog.getByRole('radio', { name: 'green' }).isChecked()).toBe(true)
    await dialog.getByLabel('Name').fill('Market')
    await dialog.getByTitle('amber', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Market', level: 1 }).waitFor()
    await expect
      .poll(async () => (await person.ok('GET', '/lists')).items)
      .toContainEqual(expect.objectContaining({ name: 'Market', color: 'amber', openTasks: 1 }))

    await page.getByRole('main').getByRole('button', { name: 'Options of list Market' }).click()
    await choose(page, 'Delete list')
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await gone(place(page, 'Market'))
    await toast(page, '“Market” and its tasks deleted').getByRole('button', { name: 'Undo' }).click()
    await place(page, 'Market').click()
    await expectTitles(page, ['Apples'])
  })

  test('a list that was deleted long ago comes back from the bin with its tasks, in every window', async ({
    page,
    person,
  }) => {
    const list = await person.ok('POST', '/lists', { name: 'Garden', color: 'green' })
    await person.createTask({ title: 'Roses', listId: list.id })
    await page.goto('/bin')
    await page.getByText('The bin is empty').waitFor()
    await person.ok('DELETE', `/lists/${list.id}`)
    await page.getByText('1 open task, deleted just now').waitFor()
    await page.getByText('No task is in the bin').waitFor()
    await page.getByRole('button', { name: 'Restore the list Garden' }).click()
    await page.getByText('The bin is empty').waitFor()
    await place(page, 'Garden').click()
    await expectTitles(page, ['Roses'])
  })

  test(
    'a list that is deleted in another window, or never was, says that there is nothing',
    { tags: ['slow'] },
    async ({ page, person, watch }) => {
      watch.expect(/404/u)
      const list = await person.ok('POST', '/lists', { name: 'Garden', color: 'green' })
      await page.goto(`/list/${list.id}`)
      await page.getByText('This list is empty').waitFor()
      await person.ok('DELETE', `/lists/${list.id}`)
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
      await page.reload()
      await page.getByRole('link', { name: 'Go to Today' }).click()
      await page.getByText('Nothing is due today').waitFor()
      await page.goto('/filter/0198e2f4-0000-7000-8000-000000000000')
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    },
  )

  test('the menu of a list in the sidebar opens at its button', async ({ page, person }) => {
    await person.ok('POST', '/lists', { name: 'Garden', color: 'green' })
    await place(page, 'Garden').hover()
    const button = page.getByRole('button', { name: 'Options of list Garden' })
    const from = await boxOf(button)
    await button.click()
    const distance = async () => {
      const to = await boxOf(page.getByRole('menu', { name: 'List Garden' }))
      return Math.hypot(to.x - from.x, to.y - (from.y + from.height))
    }
    await expect.poll(distance).toBeLessThan(12)
  })

  test('a tag is renamed and recoloured on every task that has it', async ({ page, person }) => {
    for (const title of ['One', 'Two']) await person.createTask({ title, tags: ['errands'] })
    await page.goto('/tag/errands')
    await place(page, 'errands').hover()
    await page.getByRole('button', { name: 'Rename or recolour tag errands' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('two words')
    await dialog.getByText('A tag is one word').waitFor()
    await dialog.getByLabel('Name').fill('town')
    await dialog.getByTitle('red', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/tag\/town$/u)
    for (const title of ['One', 'Two']) await row(page, title).getByRole('button', { name: 'Tags: town' }).waitFor()
    await place(page, 'town').waitFor()
    await gone(place(page, 'errands'))
  })

  test('a task moves to another list, and back to its place by Undo', async ({ page, person }) => {
    await person.ok('POST', '/lists', { name: 'Later', color: 'violet' })
    await page.goto('/inbox')
    const titles = ['Buy a boat', 'Learn to sail', 'Sail']
    for (const title of titles) await addTask(page, title)
    await expectTitles(page, titles)
    await row(page, 'Learn to sail').hover()
    await row(page, 'Learn to sail').getByRole('button', { name: 'More for Learn to sail' }).click()
    await choose(page, /^Move to list/u)
    await choose(page, /Later/u)
    await gone(row(page, 'Learn to sail'))
    await toast(page, '“Learn to sail” moved to Later').getByRole('button', { name: 'Undo' }).click()
    await expectTitles(page, titles)
    await page.reload()
    await expectTitles(page, titles)
  })
})
