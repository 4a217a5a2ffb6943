// @module-tag slow
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { PASSWORD } from '../acceptance/support/person.ts'
import { addTask, goLive, gone, openTask, row, save, taskDialog, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('what is typed in the task dialog', () => {
  test('what was typed outlives a dialog that was closed by mistake', async ({ page, person }) => {
    await addTask(page, 'Careful')
    const dialog = await openTask(page, 'Careful')
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('A long text')
    await page.keyboard.press('Escape')
    await toast(page, 'Changes not saved').getByRole('button', { name: 'Keep editing' }).click()
    const again = await taskDialog(page, 'Careful')
    await again.getByText('A long text').waitFor()
    expect(await page.evaluate('document.activeElement?.closest("[role=dialog]") !== null')).toBe(true)
    await page.keyboard.press('Control+Enter')
    await gone(again)
    expect((await person.tasks(''))[0]?.notes).toBe('A long text')
  })

  test('what was typed and taken back is not kept, and what was left before it still is', async ({ page }) => {
    await addTask(page, 'A')
    const type = async (dialog: Locator, keys: string[]) => {
      await dialog.getByRole('textbox', { name: 'Title' }).press('End')
      for (const key of keys) await page.keyboard.press(key)
      await page.keyboard.press('Escape')
      await gone(dialog)
    }
    await type(await openTask(page, 'A'), ['X', 'Y', 'Backspace', 'Backspace'])
    const dialog = await openTask(page, 'A')
    await dialog.getByRole('textbox', { name: 'Title' }).waitFor()
    expect(await dialog.getByText('You left changes here').count()).toBe(0)

    await type(dialog, ['!'])
    await type(await openTask(page, 'A'), ['?', 'Backspace'])
    const again = await openTask(page, 'A')
    await again.getByRole('button', { name: 'Take them up' }).click()
    expect(await again.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('A!')
  })

  test('what was saved is not left behind, however many spaces are at its end', async ({ page, person }) => {
    await addTask(page, 'Rent')
    const dialog = await openTask(page, 'Rent')
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Pay the  rent ')
    await save(dialog)
    const again = await openTask(page, 'Pay the rent')
    await again.getByRole('textbox', { name: 'Title' }).waitFor()
    expect(await again.getByText('You left changes here').count()).toBe(0)
    expect(await person.titles('')).toEqual(['Pay the rent'])
  })

  for (const how of ['live', 'without a line'] as const) {
    test(`what was typed into a task that was deleted meanwhile is saved with it, ${how}`, async ({
      page,
      person,
      watch,
    }) => {
      watch.expect(/409|ERR_/u)
      await addTask(page, 'Ours')
      const [task] = await person.tasks('')
      if (how === 'live') await goLive(page)
      else {
        await page.route('**/api/v1/stream', (route) => route.abort())
        await page.reload()
      }
      const dialog = await openTask(page, 'Ours')
      await dialog.getByRole('textbox', { name: 'Notes' }).fill('Typed for long')
      await person.ok('DELETE', `/tasks/${task?.id}`)
      if (how === 'without a line') await dialog.getByRole('button', { name: 'Save', exact: true }).click()
      await dialog.getByText('This task was deleted: it is in the bin.').waitFor()
      await dialog.getByRole('button', { name: 'Restore and save' }).click()
      await gone(dialog)
      expect(await person.task(String(task?.id))).toMatchObject({ deletedAt: null, notes: 'Typed for long' })
      await row(page, 'Ours').waitFor()
    })
  }

  test('what was typed outlives a session that ended', async ({ page, person, watch }) => {
    watch.expect(/401/u)
    await addTask(page, 'Written for long')
    const dialog = await openTask(page, 'Written for long')
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('Two hours of work')
    await page.context().clearCookies()
    // By a key: something that is fetched just then may end the session on the screen before.
    await page.keyboard.press('Control+Enter')
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const again = await taskDialog(page, 'Written for long')
    await again.getByRole('button', { name: 'Take them up' }).click()
    await again.getByText('Two hours of work').waitFor()
    await save(again)
    expect((await person.tasks(''))[0]?.notes).toBe('Two hours of work')
  })

  test('a change from elsewhere flows in where nothing was typed, and asks where both sides did', async ({
    page,
    person,
  }) => {
    await addTask(page, 'Ours')
    const dialog = await openTask(page, 'Ours')
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Mine')
    const [task] = await person.tasks('')
    await person.ok('PATCH', `/tasks/${task?.id}`, { title: 'Theirs', priority: 'low' })
    await dialog.getByText('This task was changed elsewhere in the meantime.').waitFor()
    await expect.poll(() => dialog.getByRole('radio', { name: 'Low' }).isChecked()).toBe(true)
    expect(await dialog.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Mine')
    await dialog.getByRole('button', { name: 'Keep mine', exact: true }).click()
    await save(dialog)
    expect(await person.task(String(task?.id))).toMatchObject({ title: 'Mine', priority: 'low' })
  })

  test('a save over a version that is gone (409) keeps what was typed and shows both', async ({
    page,
    person,
    watch,
  }) => {
    watch.expect(/409|Failed to load|ERR_/u)
    await addTask(page, 'Base')
    const [task] = await person.tasks('')
    // The live line is cut: the window learns of the other change only by the refusal.
    await page.route('**/api/v1/stream', (route) => route.abort())
    await page.reload()
    const dialog = await openTask(page, 'Base')
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('My notes')
    await person.ok('PATCH', `/tasks/${task?.id}`, { notes: 'Their notes' })
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByText('theirs “Their notes”, yours “My notes”').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('My notes')
    await dialog.getByRole('button', { name: 'Keep mine and save' }).click()
    await gone(dialog)
    expect((await person.task(String(task?.id))).notes).toBe('My notes')
  })
})
