// @module-tag slow
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { boxOf, openTask, row } from './support/screen.ts'
import { test } from './support/story.ts'

describe('the parts of a task', () => {
  test('take turns in a dialog that keeps its height', async ({ page, person }) => {
    const subtasks = Array.from({ length: 6 }, (_, index) => ({ title: `Step ${index}` }))
    await person.createTask({ title: 'Long', due: { date: day(0) }, subtasks })
    await page.reload()
    await row(page, 'Long').waitFor()
    const dialog = await openTask(page, 'Long')
    await dialog.getByRole('checkbox', { name: 'Complete Step 5' }).waitFor()
    const before = await boxOf(dialog)
    await dialog.getByRole('tab', { name: 'History' }).click()
    await dialog.getByText('Ada made this task').waitFor()
    expect(await boxOf(dialog)).toEqual(before)
    await dialog.getByRole('tab', { name: 'Details' }).click()
    await dialog.getByRole('checkbox', { name: 'Complete Step 5' }).waitFor()
    expect(await boxOf(dialog)).toEqual(before)
  })
})
