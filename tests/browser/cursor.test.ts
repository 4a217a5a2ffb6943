import { describe, expect } from 'vitest'
import { expectTitles, focusedName, row } from './support/screen.ts'
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
})
