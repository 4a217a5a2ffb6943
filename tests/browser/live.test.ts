import type { Page } from 'playwright-core'
import { describe, expect, inject } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { untilLessNoise } from '../acceptance/support/less-noise.ts'
import { openLine } from './support/line.ts'
import { addTask, choose, expectTitles, goLive, gone, place, row, rowTitle, toast } from './support/screen.ts'
import { test } from './support/story.ts'

const ONE_SECOND = { timeout: 1_000 }

describe('live in every window', () => {
  test('a change in one browser shows in another within a second', async ({ page, person, open }) => {
    const other = await open({ person })
    await goLive(other)
    await addTask(page, 'From the first window')
    await row(other, 'From the first window').waitFor(ONE_SECOND)

    await rowTitle(page, 'From the first window').focus()
    await page.keyboard.press('1')
    await row(other, 'From the first window').getByRole('button', { name: 'Priority High' }).waitFor(ONE_SECOND)
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'Title' }).fill('Renamed')
    await page.keyboard.press('Enter')
    await row(other, 'Renamed').waitFor(ONE_SECOND)

    await addTask(other, 'From the second window')
    await row(page, 'From the second window').waitFor(ONE_SECOND)
    await row(page, 'Renamed').getByRole('checkbox').click()
    await row(other, 'Renamed').waitFor({ state: 'hidden', timeout: 1_000 })
    await rowTitle(page, 'From the second window').focus()
    await page.keyboard.press('Delete')
    await row(other, 'From the second window').waitFor({ state: 'hidden', timeout: 1_000 })
    await page.keyboard.press('z')
    await row(other, 'From the second window').waitFor(ONE_SECOND)
  })

  test(
    'an order that is made in one window is the order of the other',
    { tags: ['slow'] },
    async ({ page, person, open }) => {
      const list = await person.ok('POST', '/lists', { name: 'Steps', color: 'blue' })
      for (const title of ['First', 'Second', 'Third']) await person.createTask({ title, listId: list.id })
      const other = await open({ person })
      await goLive(other, `/list/${list.id}?sort=manual`)
      await page.goto(`/list/${list.id}?sort=manual`)
      await row(page, 'Third').waitFor()
      const order = await page.locator('[data-row-title]').allTextContents()
      await rowTitle(page, String(order[0])).focus()
      await page.keyboard.press('Alt+ArrowDown')
      const moved = [String(order[1]), String(order[0]), String(order[2])]
      await expectTitles(page, moved)
      await expect.poll(() => other.locator('[data-row-title]').allTextContents(), { timeout: 1_000 }).toEqual(moved)
    },
  )

  test('the tasks of a list go with it and come back with it, wherever they are shown', async ({ person, open }) => {
    const list = await person.ok('POST', '/lists', { name: 'Garden' })
    await person.createTask({ title: 'Rake', listId: list.id })
    await person.createTask({ title: 'Read' })
    const other = await open({ person, at: 'about:blank' })
    await goLive(other, '/all')
    await row(other, 'Rake').waitFor()
    await person.ok('DELETE', `/lists/${list.id}`)
    await expectTitles(other, ['Read'])
    await person.ok('POST', `/lists/${list.id}/restore`)
    await row(other, 'Rake').waitFor(ONE_SECOND)
  })

  test('lists and counts of the sidebar follow', async ({ page, person, open }) => {
    const list = await person.ok('POST', '/lists', { name: 'Garden', color: 'green' })
    const other = await open({ person })
    await goLive(other)
    await place(other, 'Garden').waitFor()
    await person.createTask({ title: 'Rake', listId: list.id, due: { date: day(0) }, tags: ['leaves'] })
    await place(other, 'Garden').getByText('1 open').waitFor({ state: 'attached', timeout: 1_000 })
    await place(other, 'Today').getByText('1 to do').waitFor({ state: 'attached', timeout: 1_000 })
    await place(other, 'leaves').waitFor(ONE_SECOND)

    await page.goto(`/list/${list.id}`)
    await page.getByRole('main').getByRole('button', { name: 'Options of list Garden' }).click()
    await choose(page, 'Rename or recolour')
    await page.getByRole('dialog').getByLabel('Name').fill('Allotment')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await place(other, 'Allotment').waitFor(ONE_SECOND)
  })

  test('from the notice to the screen it takes a moment only', async ({ page, person }) => {
    await goLive(page)
    await untilLessNoise(async () => {
      const times: number[] = []
      for (let count = 0; count < 10; count += 1) {
        const title = `Task ${times.length} at ${Date.now()}`
        const shown = row(page, title).waitFor(ONE_SECOND)
        const from = performance.now()
        await person.createTask({ title, due: { date: day(0) } })
        await shown
        times.push(performance.now() - from)
      }
      times.sort((a, b) => a - b)
      console.log(`created → on the screen of another window: ${times.map(Math.round).join(', ')} ms`)
      expect(times[5]).toBeLessThan(400)
    })
  })

  test(
    'without a line it says Reconnecting…, and catches up with what it missed',
    { tags: ['slow'] },
    async ({ person, open, watch }) => {
      watch.expect(/ERR_|^foreign request: http:\/\/127/u)
      await person.createTask({ title: 'Before', due: { date: day(0) } })
      const line = await openLine(inject('appUrl'))
      try {
        const page = await open({ person, baseURL: line.url, at: 'about:blank' })
        await goLiveWithAll(page)
        await row(page, 'Before').waitFor()
        line.cut()
        await page.getByText('Reconnecting…').waitFor()
        await person.createTask({ title: 'Meanwhile', due: { date: day(0) } })
        line.mend()
        await row(page, 'Meanwhile').waitFor()
        await gone(page.getByText('Reconnecting…'))
        await person.createTask({ title: 'And on', due: { date: day(0) } })
        await row(page, 'And on').waitFor(ONE_SECOND)
      } finally {
        await line.close()
      }
    },
  )

  test('a line that died without a word is found out, and the page catches up', async ({ person, open, watch }) => {
    // What is fetched for later finds the line gone at the end.
    watch.expect(/ERR_INCOMPLETE|ERR_CONNECTION|^foreign request: http:\/\/127/u)
    const line = await openLine(inject('appUrl'))
    try {
      const page = await open({ person, baseURL: line.url, at: 'about:blank' })
      await page.clock.install()
      await goLive(page)
      await page.getByText('Nothing is due today').waitFor()
      line.silence()
      await person.createTask({ title: 'Said into a dead line', due: { date: day(0) } })
      await page.clock.fastForward('00:40')
      await row(page, 'Said into a dead line').waitFor()
      await person.createTask({ title: 'And on', due: { date: day(0) } })
      // No timer of the page runs by itself here: only a live line brings it.
      await row(page, 'And on').waitFor()
    } finally {
      await line.close()
    }
  })

  test('without a network it says Offline, puts a change back, and goes on by itself', async ({ page, watch }) => {
    watch.expect(/ERR_/u)
    await goLiveWithAll(page)
    await addTask(page, 'Later')
    await page.context().setOffline(true)
    await row(page, 'Later').getByRole('checkbox').click()
    await toast(page, '“Later” could not be completed').waitFor()
    await row(page, 'Later').getByRole('checkbox', { name: 'Complete Later' }).waitFor()
    await page.getByText('Offline').waitFor()
    await page.context().setOffline(false)
    await gone(page.getByText('Offline'))
    await row(page, 'Later').getByRole('checkbox').click()
    await gone(row(page, 'Later'))
  })

  test('a recurring task that is done brings the next one by itself', async ({ page, person }) => {
    const task = await person.createTask({
      title: 'Take out the bins',
      due: { date: day(0) },
      recurrence: { rule: 'FREQ=DAILY', anchor: 'due' },
    })
    await goLive(page, '/all')
    await row(page, 'Take out the bins').getByRole('checkbox').click()
    await toast(page, '“Take out the bins” done. Next: tomorrow').waitFor()
    await row(page, 'Take out the bins').getByRole('checkbox', { name: 'Complete Take out the bins' }).waitFor()
    await page.getByRole('heading', { name: /^Tomorrow/u }).waitFor()
    await expectTitles(page, ['Take out the bins'])
    await gone(page.getByRole('heading', { name: /^Today \d/u }))
    expect((await person.nextAfter(task)).due?.date).toBe(day(1))
  })
})

/** Waits for the code that is fetched beforehand, too. */
async function goLiveWithAll(page: Page): Promise<void> {
  await Promise.all([page.waitForResponse(/command-palette.*\.js$/u), goLive(page)])
}
