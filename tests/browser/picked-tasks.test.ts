import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { choose, expectTitles, focusedName, gone, row, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('picked tasks', () => {
  test('several tasks are picked and completed, moved or deleted at once, undoably', async ({ page, person }) => {
    for (const title of ['A', 'B', 'C', 'D']) await person.createTask({ title })
    await page.goto('/inbox?sort=title')
    await row(page, 'D').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+ArrowDown')
    const bar = page.getByRole('toolbar', { name: 'Picked tasks' })
    await bar.getByText('2 picked').waitFor()
    await bar.getByRole('button', { name: 'Complete' }).click()
    await expectTitles(page, ['C', 'D'])
    await toast(page, '2 tasks done').getByRole('button', { name: 'Undo' }).click()
    await expectTitles(page, ['A', 'B', 'C', 'D'])

    await row(page, 'A').click({ modifiers: ['Control'], position: { x: 400, y: 4 } })
    await row(page, 'C').click({ modifiers: ['Control'], position: { x: 400, y: 4 } })
    await bar.getByRole('button', { name: 'Delete' }).click()
    await expectTitles(page, ['B', 'D'])
    await gone(bar)
    await page.keyboard.press('z')
    await expectTitles(page, ['A', 'B', 'C', 'D'])
    await page.keyboard.press('Control+a')
    await bar.getByText('4 picked').waitFor()
    await page.keyboard.press('Escape')
    await gone(bar)
  })

  test('picked tasks get a new day, priority and tag together, by the keys of a row', async ({ page, person }) => {
    await person.createTask({ title: 'A', due: { date: day(-2), time: '09:00' }, tags: ['home'] })
    await person.createTask({ title: 'B', due: { date: day(-1) } })
    await person.createTask({ title: 'C' })
    await page.goto('/inbox?sort=title')
    await row(page, 'C').waitFor()
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
    await page.getByRole('toolbar', { name: 'Picked tasks' }).getByText('2 picked').waitFor()

    await page.keyboard.press('t')
    await page.getByRole('dialog', { name: 'Tags of the picked tasks' }).waitFor()
    await page.keyboard.type('work')
    await choose(page, /^Make tag/u)
    await toast(page, 'Tags of 2 tasks changed').waitFor()
    await page.keyboard.press('Escape')
    await gone(page.getByRole('dialog', { name: 'Tags of the picked tasks' }))
    await page.keyboard.press('p')
    await choose(page, /^High/u)
    await toast(page, '2 tasks are of high priority now').waitFor()

    await page.keyboard.press('d')
    await page.getByRole('button', { name: /^Tomorrow/u }).click()
    await toast(page, '2 tasks are due Tomorrow').waitFor()
    await expect.poll(() => focusedName(page)).toBe('B')
    const summary = async () =>
      (await person.tasks('sort=title')).map(({ title, due, tags, priority }) => [
        title,
        due && [due.date, due.time],
        tags.toSorted(),
        priority,
      ])
    await expect.poll(summary).toEqual([
      ['A', [day(1), '09:00'], ['home', 'work'], 'high'],
      ['B', [day(1), null], ['work'], 'high'],
      ['C', null, [], 'medium'],
    ])
    for (let change = 0; change < 3; change += 1) await page.keyboard.press('z')
    await expect.poll(summary).toEqual([
      ['A', [day(-2), '09:00'], ['home'], 'medium'],
      ['B', [day(-1), null], [], 'medium'],
      ['C', null, [], 'medium'],
    ])
  })
})
