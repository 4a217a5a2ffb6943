import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import type { Person } from '../acceptance/support/person.ts'
import { choose, expectTitles, focusedName, gone, place, row, titles, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('finding tasks', () => {
  test('filters are in the address, survive a reload, and each chip can be taken away', async ({ page, person }) => {
    await fill(person)
    await page.goto('/all')
    await row(page, 'Pay the rent').waitFor()
    await page.getByRole('button', { name: 'Priority', exact: true }).click()
    await choose(page, 'High')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Tags', exact: true }).click()
    await choose(page, /^home/u)
    await page.keyboard.press('Escape')
    await expectTitles(page, ['Pay the rent'])
    await page.getByText('1 task matches').waitFor()
    expect(new URL(page.url()).search).toBe('?tags=home&priority=high')
    await page.reload()
    await expectTitles(page, ['Pay the rent'])

    await page.getByRole('button', { name: 'Remove filter High' }).click()
    await expectTitles(page, ['Pay the rent', 'Fix the lamp'])
    await page.getByRole('button', { name: 'Remove filter #home' }).click()
    await expectTitles(page, ['Pay the rent', 'Fix the lamp', 'Call Zoë', 'Read a book'])
    expect(new URL(page.url()).search).toBe('')
  })

  test(
    'several tags and priorities are chosen in one go, and the focus is on their filter then',
    { tags: ['slow'] },
    async ({ page, person }) => {
      await fill(person)
      await person.createTask({ title: 'Buy stamps', tags: ['shop'], due: { date: day(2) } })
      await page.goto('/all')
      await page.getByRole('button', { name: 'Tags', exact: true }).click()
      await choose(page, /^home/u)
      await choose(page, /^shop/u)
      await page.getByRole('radio', { name: 'Any of them' }).waitFor()
      await expectTitles(page, ['Pay the rent', 'Fix the lamp', 'Buy stamps'])
      await page.keyboard.press('Escape')
      await expect.poll(() => focusedName(page)).toBe('#home or #shop')

      await page.getByRole('button', { name: 'Priority', exact: true }).click()
      await choose(page, 'High')
      await choose(page, 'Low')
      await page.keyboard.press('Escape')
      await expectTitles(page, ['Pay the rent', 'Fix the lamp'])
      await expect.poll(() => focusedName(page)).toBe('High, Low')
    },
  )

  test('due range and state filter too', async ({ page, person }) => {
    await fill(person)
    const [book] = await person.tasks('q=book')
    await person.complete(book!)
    await page.goto('/all')
    await page.getByRole('button', { name: 'Due', exact: true }).click()
    await page.getByRole('button', { name: 'Tomorrow', exact: true }).click()
    await expectTitles(page, ['Fix the lamp'])
    await page.getByRole('button', { name: 'Remove filter Due: tomorrow' }).click()
    await page.getByRole('button', { name: 'State', exact: true }).click()
    await choose(page, 'Completed')
    await expectTitles(page, ['Read a book'])
    await page.getByRole('button', { name: 'Remove filter Completed' }).click()
    await page.goto('/all?priority=low&due=overdue')
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await row(page, 'Pay the rent').waitFor()
  })

  test('what is overdue is what the sidebar counts, with the times of today that have passed', async ({
    page,
    person,
  }) => {
    await person.createTask({ title: 'Earlier today', due: { date: day(0), time: '00:00' } })
    await person.createTask({ title: 'Yesterday', due: { date: day(-1) } })
    await person.createTask({ title: 'At some time today', due: { date: day(0) } })
    await page.goto('/all?due=overdue')
    await expectTitles(page, ['Yesterday', 'Earlier today'])
    await page.getByRole('heading', { name: 'Overdue 2' }).waitFor()
    await row(page, 'Yesterday').getByRole('checkbox').click()
    await expectTitles(page, ['Earlier today'])
  })

  test('completed tasks can be sorted by their due date, and the chip says what they are sorted by', async ({
    page,
    person,
  }) => {
    for (const [title, due] of [
      ['Second', day(1)],
      ['Third', day(2)],
      ['First', day(0)],
    ]) {
      await person.complete(await person.createTask({ title, due: { date: due } }))
    }
    await page.goto('/all?state=completed')
    await expectTitles(page, ['First', 'Third', 'Second'])
    const chip = page.getByRole('button', { name: /^Sorted by/u })
    expect(await chip.textContent()).toBe('Sorted byCompletion date, descending')
    await chip.click()
    await choose(page, 'Due date')
    await expectTitles(page, ['First', 'Second', 'Third'])
    expect(new URL(page.url()).search).toBe('?state=completed&sort=due')
    await chip.click()
    await choose(page, 'Completion date')
    await expectTitles(page, ['First', 'Third', 'Second'])
    expect(new URL(page.url()).search).toBe('?state=completed')
  })

  test('the sort menu orders by every key, both ways', { tags: ['slow'] }, async ({ page, person }) => {
    await fill(person)
    await page.goto('/all')
    const sortBy = async (name: string) => {
      await page.getByRole('button', { name: /^Sorted by/u }).click()
      await choose(page, name)
    }
    await sortBy('Title')
    await expectTitles(page, ['Call Zoë', 'Fix the lamp', 'Pay the rent', 'Read a book'])
    await sortBy('Z to A')
    await expectTitles(page, ['Read a book', 'Pay the rent', 'Fix the lamp', 'Call Zoë'])
    expect(new URL(page.url()).search).toBe('?sort=title&order=desc')
    await sortBy('Priority')
    await expect.poll(async () => (await page.locator('[data-row-title]').allTextContents())[0]).toBe('Pay the rent')
    await sortBy('Due date')
    await expectTitles(page, ['Pay the rent', 'Fix the lamp', 'Call Zoë', 'Read a book'])
  })

  test('search forgives a typing error, takes phrases, and leads back', async ({ page, person }) => {
    await fill(person)
    await page.goto('/inbox')
    await row(page, 'Pay the rent').waitFor()
    await page.keyboard.press('/')
    expect(await focusedName(page)).toBe('Search title and notes')
    await page.keyboard.type('lanp')
    await expectTitles(page, ['Fix the lamp'])
    await page.getByRole('searchbox').fill('"kitchen lamp"')
    await expectTitles(page, [])
    await page.getByText('Nothing found for').waitFor()
    await page.getByRole('searchbox').fill('"the rent"')
    await expectTitles(page, ['Pay the rent'])
    await page.getByRole('searchbox').fill('zoe')
    await expectTitles(page, ['Call Zoë'])
    await page.reload()
    expect(await page.getByRole('searchbox').inputValue()).toBe('zoe')
    await expectTitles(page, ['Call Zoë'])
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await expect.poll(() => new URL(page.url()).pathname).not.toBe('/search')
    await page.getByRole('searchbox').fill('#home')
    await expectTitles(page, ['Pay the rent', 'Fix the lamp'])
    await page.getByRole('searchbox').fill('#home rent')
    await expectTitles(page, ['Pay the rent'])

    await page.goto('/inbox')
    await row(page, 'Pay the rent').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('zoe')
    await expectTitles(page, ['Call Zoë'])
    await page.keyboard.press('Escape')
    await row(page, 'Pay the rent').waitFor()
    expect(new URL(page.url()).pathname).toBe('/inbox')
    const [first] = await titles(page)
    await page.keyboard.press('j')
    expect(await focusedName(page)).toBe(first)
  })

  test('a search that failed says so, and not that nothing matches', async ({ page, watch }) => {
    watch.expect(/400/u)
    await page.route('**/api/v1/tasks?*q=*', (route) => route.fulfill({ status: 400, json: { title: 'Broken.' } }))
    await page.goto('/search?q=lamp')
    await page.getByText('The tasks could not be loaded').waitFor()
    expect(await page.getByText('0 tasks match').count()).toBe(0)
  })

  test('arrow down and Enter lead from the words to what they found', { tags: ['slow'] }, async ({ page, person }) => {
    await fill(person)
    await page.goto('/inbox')
    await row(page, 'Pay the rent').waitFor()
    for (const key of ['ArrowDown', 'Enter']) {
      await page.keyboard.press('/')
      await page.getByRole('searchbox').fill('lamp')
      await expectTitles(page, ['Fix the lamp'])
      await page.keyboard.press(key)
      expect(await focusedName(page)).toBe('Fix the lamp')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('Title').waitFor()
  })

  test(
    'a view is saved under a name, opened from the sidebar, and deleted with Undo',
    { tags: ['slow'] },
    async ({ page, person }) => {
      await fill(person)
      await page.goto('/all?priority=high')
      await page.getByRole('button', { name: 'Save this view' }).click()
      await page.getByRole('dialog').getByLabel('Name').fill('Important')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Important', level: 1 }).waitFor()
      const save = page.getByRole('button', { name: 'Save this view' })
      await gone(save)
      await page.getByRole('button', { name: /^Sorted by/u }).click()
      await choose(page, 'Title')
      await save.waitFor()
      await place(page, 'Today').click()
      await place(page, 'Important').click()
      await expectTitles(page, ['Pay the rent'])
      await page.getByRole('button', { name: 'Remove filter High' }).click()
      await expect.poll(() => titles(page)).toHaveLength(4)
      await place(page, 'Important').click()
      await expectTitles(page, ['Pay the rent'])
      await place(page, 'Important').hover()
      await page.getByRole('button', { name: 'Delete filter Important' }).click()
      await gone(place(page, 'Important'))
      await toast(page, 'Filter “Important” deleted').getByRole('button', { name: 'Undo' }).click()
      await place(page, 'Important').waitFor()
    },
  )

  test('the counts of the sidebar follow every change', async ({ page, person }) => {
    await fill(person)
    await page.goto('/today')
    const count = (name: string, text: string) => place(page, name).getByText(text).waitFor({ state: 'attached' })
    await count('Today', '1 to do, 0 overdue')
    await count('All tasks', '4 open')
    await row(page, 'Pay the rent').getByRole('checkbox').click()
    await count('All tasks', '3 open')
    await page.keyboard.press('z')
    await count('All tasks', '4 open')
    await count('Today', '1 to do, 0 overdue')
    await count('home', '2 open')
  })
})

/** Four tasks, in the order of their due dates. */
async function fill(person: Person): Promise<void> {
  await person.createTask({ title: 'Pay the rent', priority: 'high', tags: ['home'], due: { date: day(0) } })
  await person.createTask({ title: 'Fix the lamp', priority: 'low', tags: ['home'], due: { date: day(1) } })
  await person.createTask({ title: 'Call Zoë', due: { date: day(3) } })
  await person.createTask({ title: 'Read a book', notes: 'In the kitchen, by the lamb stew.' })
}
