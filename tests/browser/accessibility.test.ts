import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { day, inMs } from '../acceptance/support/days.ts'
import type { Person } from '../acceptance/support/person.ts'
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
    test('on every screen', async ({ open, watch }) => {
      watch.expect(/401/u)
      const { person, list } = await busyPerson()
      const page = await open({ person, ...size })
      for (const at of [
        '/today',
        '/upcoming',
        '/all?tags=home&priority=high,medium&state=all&due=until-today',
        `/list/${list}?done=shown&sort=manual`,
        '/tag/home',
        '/search?q=rent',
        '/search?q=nothing%20like%20it',
        '/bin',
        '/settings',
        '/no/such/place',
      ]) {
        await page.goto(at)
        await page.getByRole('heading', { level: 1 }).or(page.getByText('There is nothing here')).first().waitFor()
        await expectNothing(page, at)
      }
    })

    test('with nothing there yet, and before signing in', async ({ open, watch }) => {
      watch.expect(/401/u)
      const visitor = await open({ at: '/sign-in', ...size })
      await visitor.getByRole('button', { name: 'Sign in' }).waitFor()
      await expectNothing(visitor, 'sign in')
      await visitor.goto('/sign-up')
      await visitor.getByLabel('Password', { exact: true }).fill('short')
      await visitor.getByLabel('Name').fill('A')
      await visitor.getByLabel('E-mail').fill('a@example.org')
      await visitor.getByRole('button', { name: 'Make account' }).click()
      await visitor.getByText('It needs at least 8 characters.').waitFor()
      await expectNothing(visitor, 'sign up')
      const page = await open({ person: await newPerson(), ...size })
      await page.getByText('Nothing is due today').waitFor()
      await expectNothing(page, 'empty Today')
    })

    test('in every dialog and menu', async ({ open }) => {
      const { person } = await busyPerson()
      const page = await open({ person, at: '/all', ...size })
      await row(page, 'Pay the rent').waitFor()
      const check = async (keys: string[], name: string | RegExp, role: 'dialog' | 'menu' = 'dialog') => {
        for (const key of keys) await page.keyboard.press(key)
        const opened = page.getByRole(role, { name })
        await opened.waitFor()
        await expectNothing(page, String(name), role === 'menu' ? '[role=menu]' : undefined)
        await page.keyboard.press('Escape')
        await gone(opened)
      }
      const task = () => rowTitle(page, 'Pay the rent').focus()
      await task()
      await check(['d'], /^Due date of/u)
      await task()
      await check(['t'], /^Tags of/u)
      await task()
      await check(['m'], /^Move to list of/u)
      await task()
      await check(['p'], /^Priority of/u, 'menu')
      await check(['q'], 'Add a task')
      await check(['?'], 'Keyboard')
      await check(['Control+k'], 'Commands')
      await page.getByRole('button', { name: /^Sorted by/u }).click()
      await check([], 'Sort by', 'menu')
      await page.getByRole('button', { name: 'Due', exact: true }).click()
      await check([], 'Filter by due date')
      await page.getByRole('button', { name: /^Notifications/u }).click()
      await check([], 'Notifications')
    })

    test('in the task dialog, among picked rows and under a toast', async ({ open }) => {
      const { person } = await busyPerson()
      const page = await open({ person, at: '/all', ...size })
      await rowTitle(page, 'Pay the rent').click()
      const dialog = await taskDialog(page, 'Pay the rent')
      await expectNothing(page, 'task')
      await dialog.getByRole('tab', { name: 'History' }).click()
      await dialog.getByRole('list', { name: 'History' }).waitFor()
      await expectNothing(page, 'history')
      await page.keyboard.press('Escape')
      await gone(dialog)
      await page.keyboard.press('x')
      await page.getByRole('toolbar', { name: 'Picked tasks' }).waitFor()
      await expectNothing(page, 'picked')
      await page.keyboard.press('c')
      await page.locator('[data-sonner-toast]').waitFor()
      await expectNothing(page, 'toast')
    })
  },
)

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

/** Everything in light; in dark only what depends on colour. An open menu is looked at by itself, for the page behind it rests. */
async function expectNothing(page: Page, where: string, within?: string): Promise<void> {
  await paint(page, 'light')
  expect(await violations(page, within), `${where}, light`).toEqual([])
  await paint(page, 'dark')
  expect(await violations(page, within, ['color-contrast', 'link-in-text-block']), `${where}, dark`).toEqual([])
  await paint(page, 'light')
}

/** Resolves when every colour has arrived. */
async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.classList.toggle('dark', ${colorScheme === 'dark'})`)
  await page.evaluate(COLOURS_HAVE_ARRIVED)
}

/** Elements inside others begin to change when the outer ones have: three frames in which nothing moves are the end. */
const COLOURS_HAVE_ARRIVED = `(async () => {
  for (let calm = 0; calm < 3; ) {
    await new Promise(requestAnimationFrame)
    const isMoving = ({ effect, playState }) => playState === 'running' && effect.getTiming().iterations !== Infinity
    calm = document.getAnimations().some(isMoving) ? 0 : calm + 1
  }
})()`

async function violations(page: Page, within?: string, rules?: string[]): Promise<string[]> {
  // To bring axe into a page takes five times as long as to run it.
  const isThere = await page.evaluate<boolean>('"axe" in window')
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: '0' }) }).setLegacyMode()
  if (within) axe.include(within)
  if (rules) axe.withRules(rules)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}
