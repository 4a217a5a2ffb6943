import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { day, inMs } from '../acceptance/support/days.ts'
import type { Person } from '../acceptance/support/person.ts'
import { expectAccessible } from './support/axe.ts'
import { gone, row, rowTitle, taskDialog } from './support/screen.ts'
import { newPerson, PHONE, test } from './support/story.ts'
import type { WindowOptions } from './support/story.ts'

const SIZES: Record<string, WindowOptions> = {
  '1440 px': { viewport: { width: 1440, height: 900 } },
  '360 px': PHONE,
}

describe.each(Object.entries(SIZES))(
  'axe finds nothing at %s, in light and in dark,',
  { timeout: 120_000 },
  (_size, size) => {
    test('on every screen', async ({ open }) => {
      const { person, list } = await busyPerson()
      const page = await open({ person, ...size })
      for (const [at, sign] of [
        ['/today', 'Late'],
        ['/upcoming', 'Soon'],
        ['/all?tags=home&priority=high,medium&state=all&due=until-today', 'Pay the rent'],
        [`/list/${list}?done=shown&sort=manual`, 'Done'],
        ['/search?q=rent', 'Pay the rent'],
        ['/search?q=nothing%20like%20it', 'Nothing found for'],
        ['/bin', 'Deleted'],
        ['/settings', 'Import a calendar'],
        ['/no/such/place', 'There is nothing here'],
      ] as const) {
        await goTo(page, at)
        await page.getByText(sign).filter({ visible: true }).first().waitFor()
        await expectAccessible(page, at)
      }
    })

    test('with nothing there yet, and before signing in', { tags: ['slow'] }, async ({ open }) => {
      const visitor = await open({ at: '/sign-in', ...size })
      await visitor.getByRole('button', { name: 'Sign in' }).waitFor()
      await expectAccessible(visitor, 'sign in')
      await goTo(visitor, '/sign-up')
      await visitor.getByLabel('Password', { exact: true }).fill('short')
      await visitor.getByLabel('Name').fill('A')
      await visitor.getByLabel('E-mail').fill('a@example.org')
      await visitor.getByRole('button', { name: 'Make account' }).click()
      await visitor.getByText('It needs at least 8 characters.').waitFor()
      await expectAccessible(visitor, 'sign up')
      const page = await open({ person: await newPerson(), ...size })
      await page.getByText('Nothing is due today').waitFor()
      await expectAccessible(page, 'empty Today')
    })

    test('in every dialog and menu, among picked rows and under a toast', { tags: ['slow'] }, async ({ open }) => {
      const { person } = await busyPerson()
      const page = await open({ person, at: '/all', ...size })
      await row(page, 'Pay the rent').waitFor()
      await checkRowPopovers(page)
      await checkDialogs(page)
      await checkTaskDialog(page)
      await page.keyboard.press('x')
      await page.getByRole('toolbar', { name: 'Picked tasks' }).waitFor()
      await expectAccessible(page, 'picked')
      await page.keyboard.press('c')
      await page.locator('[data-sonner-toast]').first().waitFor()
      await expectAccessible(page, 'toast')
    })
  },
)

/** As a link within the app does: the page stays. */
async function goTo(page: Page, at: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(at)})`)
}

async function checkRowPopovers(page: Page): Promise<void> {
  for (const [key, name, role] of [
    ['d', /^Due date of/u, 'dialog'],
    ['t', /^Tags of/u, 'dialog'],
    ['m', /^Move to list of/u, 'dialog'],
    ['p', /^Priority of/u, 'menu'],
  ] as const) {
    await rowTitle(page, 'Pay the rent').focus()
    await page.keyboard.press(key)
    await checkOpened(page, name, role)
  }
}

async function checkDialogs(page: Page): Promise<void> {
  for (const [key, name] of [
    ['q', 'Add a task'],
    ['?', 'Keyboard'],
    ['Control+k', 'Commands'],
  ] as const) {
    await page.keyboard.press(key)
    await checkOpened(page, name, 'dialog')
  }
  for (const [button, name, role] of [
    [/^Sorted by/u, 'Sort by', 'menu'],
    [/^Due$/u, 'Filter by due date', 'dialog'],
    [/^Notifications/u, 'Notifications', 'dialog'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await checkOpened(page, name, role)
  }
}

/** The page behind it was looked at before. */
async function checkOpened(page: Page, name: string | RegExp, role: 'dialog' | 'menu'): Promise<void> {
  const opened = page.getByRole(role, { name })
  await opened.waitFor()
  await expectAccessible(page, String(name), `[role=${role}]`)
  await page.keyboard.press('Escape')
  await gone(opened)
}

async function checkTaskDialog(page: Page): Promise<void> {
  await rowTitle(page, 'Pay the rent').click()
  const dialog = await taskDialog(page, 'Pay the rent')
  await expectAccessible(page, 'task')
  await dialog.getByRole('tab', { name: 'History' }).click()
  await dialog.getByRole('list', { name: 'History' }).waitFor()
  await expectAccessible(page, 'history', '[role=dialog]')
  await page.keyboard.press('Escape')
  await gone(dialog)
}

/** Somebody with one of everything. */
async function busyPerson(): Promise<{ person: Person; list: string }> {
  const person = await newPerson()
  const { id: listId } = await person.ok('POST', '/lists', { name: 'Home', color: 'amber' })
  await person.createTask({
    title: 'Pay the rent',
    listId,
    priority: 'high',
    tags: ['home', 'money'],
    due: { date: day(0), time: '09:00' },
    notes: 'A [link](https://example.org) and **bold**.',
    recurrence: { rule: 'FREQ=MONTHLY', anchor: 'due' },
    reminders: [{ kind: 'relative', minutesBefore: 15 }],
    subtasks: [{ title: 'Find the bill' }],
  })
  await person.createTask({ title: 'Late', listId, priority: 'low', due: { date: day(-3) }, tags: ['home'] })
  await person.createTask({ title: 'Soon', priority: 'medium', due: { date: day(1) } })
  await person.createTask({ title: 'Ring', reminders: [{ kind: 'absolute', at: inMs(50) }] })
  await person.complete(await person.createTask({ title: 'Done', listId, due: { date: day(0) } }))
  const gone = await person.createTask({ title: 'Deleted' })
  await person.ok('DELETE', `/tasks/${gone.id}`)
  await person.ok('POST', '/filters', { name: 'High', query: 'priority=high' })
  return { person, list: listId }
}
