import { describe, expect } from 'vitest'
import { inMs } from '../acceptance/support/days.ts'
import { taskDialog, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('reminders on the screen', () => {
  test('one that comes due shows a toast and a dot on the bell, and leads to its task', async ({ page, person }) => {
    await Promise.all([page.waitForResponse('**/api/v1/stream'), page.goto('/inbox')])
    await page.getByText('Your Inbox is clear').waitFor()
    await person.createTask({ title: 'Tea is ready', reminders: [{ kind: 'absolute', at: inMs(1_000) }] })
    await toast(page, 'Tea is ready').waitFor()
    const bell = page.getByRole('button', { name: 'Notifications, 1 unread' })
    await bell.click()
    await page
      .getByRole('dialog', { name: 'Notifications' })
      .getByRole('button', { name: /Tea is ready/u })
      .click()
    const dialog = await taskDialog(page, 'Tea is ready')
    await dialog.getByRole('tab', { name: 'Reminder log' }).click()
    await dialog.getByText('In the app').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
    expect((await person.ok('GET', '/notifications')).items[0].readAt).not.toBeNull()
  })

  test('an empty notification centre teaches; all can be marked as read at once', async ({ page, person }) => {
    await page.getByRole('button', { name: 'Notifications', exact: true }).click()
    await page.getByText('Nothing yet').waitFor()
    await page.keyboard.press('Escape')
    for (const title of ['One', 'Two']) {
      await person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(300) }] })
    }
    await page.getByRole('button', { name: 'Notifications, 2 unread' }).click()
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor()
  })
})
