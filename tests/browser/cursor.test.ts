// @module-tag slow
import { describe, expect } from 'vitest'
import { expectTitles, focusedName, row, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('the row that keys act on', () => {
  test('what is undone leaves the focus where it was, and keys go on from there', async ({ page, person }) => {
    for (const title of ['A', 'B', 'C', 'D']) await person.createTask({ title })
    await page.goto('/inbox?sort=title')
    await row(page, 'D').waitFor()
    const press = (key: string) => page.keyboard.press(key)
    for (const key of ['j', 'j', 'j', 'Delete']) await press(key)
    await expectTitles(page, ['A', 'B', 'D'])
    await expect.poll(() => focusedName(page)).toBe('D')
    await press('z')
    await expectTitles(page, ['A', 'B', 'C', 'D'])
    expect(await focusedName(page)).toBe('D')
    await press('j')
    expect(await focusedName(page)).toBe('D')
    await press('k')
    expect(await focusedName(page)).toBe('C')

    for (const key of ['Control+a', 'Delete']) await press(key)
    await expectTitles(page, [])
    await press('z')
    await expectTitles(page, ['A', 'B', 'C', 'D'])
    await expect.poll(() => focusedName(page)).toMatch(/^[ABCD]$/u)
    await press('e')
    await page.getByRole('dialog', { name: /^Edit task: /u }).waitFor()
  })

  test('Home and End lead to the ends of the list', async ({ page, person }) => {
    for (const title of ['A', 'B', 'C']) await person.createTask({ title })
    await page.goto('/inbox?sort=title')
    await row(page, 'C').waitFor()
    await page.keyboard.press('End')
    expect(await focusedName(page)).toBe('C')
    await page.keyboard.press('Home')
    expect(await focusedName(page)).toBe('A')
  })

  test('all of a list is picked, also what has not been seen yet, and a key acts on all of it', async ({
    page,
    person,
  }) => {
    await Promise.all(Array.from({ length: 130 }, (_, index) => person.createTask({ title: `Task ${index}` })))
    await page.goto('/all')
    await page
      .getByRole('checkbox', { name: /^Complete Task/u })
      .first()
      .waitFor()
    await page.keyboard.press('Control+a')
    await page.getByRole('toolbar', { name: 'Picked tasks' }).getByText('130 picked').waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    await page
      .getByRole('checkbox', { name: /^Complete Task/u })
      .first()
      .waitFor()
    for (const key of ['Control+a', 'Delete']) await page.keyboard.press(key)
    await toast(page, '130 tasks deleted').waitFor()
    await expect.poll(() => person.titles('')).toEqual([])
  })
})
