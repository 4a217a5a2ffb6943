import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { tooSmall } from './support/hit-area.ts'
import { intercept } from './support/intercept.ts'
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

  test(
    'a hundred tasks of two lists are moved at once, and are back in their places by one Undo',
    { tags: ['slow'] },
    async ({ page, person }) => {
      const [home, there] = [
        await person.ok('POST', '/lists', { name: 'Home' }),
        await person.ok('POST', '/lists', { name: 'There' }),
      ]
      const titlesOf = async (listId: string) =>
        (await person.tasks(`listId=${listId}&sort=manual`)).map(({ title }) => title)
      const { inboxId } = await person.ok('GET', '/me')
      const title = (n: number) => `T${String(n).padStart(3, '0')}`
      for (let n = 0; n < 100; n += 1) await person.createTask({ title: title(n), listId: n % 2 ? home.id : inboxId })
      const before = [await titlesOf(inboxId), await titlesOf(home.id)]
      await page.goto('/all?sort=title')
      await row(page, title(0)).waitFor()
      await page.keyboard.press('Control+a')
      await page.getByRole('toolbar', { name: 'Picked tasks' }).getByText('100 picked').waitFor()
      const changes: string[] = []
      page.on('request', (request) => {
        if (request.method() !== 'GET' && request.url().includes('/api/v1/tasks')) changes.push(request.method())
      })
      // The move has still to be answered when it is undone: it goes first all the same.
      const hold = Promise.withResolvers<void>()
      await intercept(page, '**/api/v1/tasks/batch', (route) => hold.promise.then(() => route.continue()), { times: 1 })
      await page.keyboard.press('m')
      await choose(page, 'There')
      await toast(page, '100 tasks moved to There').getByRole('button', { name: 'Undo' }).click()
      hold.resolve()
      await expect.poll(() => changes, { timeout: 15_000 }).toEqual(['POST', 'POST', 'POST'])
      await expect.poll(async () => [await titlesOf(inboxId), await titlesOf(home.id)]).toEqual(before)
      expect(await titlesOf(there.id)).toEqual([])
    },
  )

  test('picked tasks get a new day, priority and tag together, by the keys of a row', async ({ page, person }) => {
    await person.createTask({ title: 'A', due: { date: day(-2), time: '09:00' }, tags: ['home'] })
    await person.createTask({ title: 'B', due: { date: day(-1) } })
    await person.createTask({ title: 'C' })
    await page.goto('/inbox?sort=title')
    await row(page, 'C').waitFor()
    const changes: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (request.method() === 'GET' || !pathname.startsWith('/api/v1/tasks')) return
      changes.push(`${pathname} ${(request.postDataJSON() as { action: string }).action}`)
    })
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
    // What is still on the list is still picked, for the next that is to be changed.
    await page.getByRole('toolbar', { name: 'Picked tasks' }).getByText('2 picked').waitFor()
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
    // Each of the three, and its undoing, as one change.
    expect(changes).toEqual(Array.from({ length: 6 }, () => '/api/v1/tasks/batch change'))
  })

  test(
    'a new day for picked tasks leaves out none, though one of them is done and goes on in its series',
    { tags: ['slow'] },
    async ({ page, person, watch }) => {
      watch.expect(/409/u)
      const weekly = await person.createTask({
        title: 'Weekly',
        due: { date: day(-1) },
        recurrence: { rule: 'FREQ=WEEKLY' },
      })
      await person.complete(weekly)
      const next = await person.nextAfter(weekly)
      const plain = await person.createTask({ title: 'Plain', due: { date: day(-1) } })
      const gone = await person.createTask({ title: 'Gone meanwhile', due: { date: day(-1) } })
      await page.goto('/inbox?state=all&sort=title')
      await row(page, 'Gone meanwhile').waitFor()
      await page.keyboard.press('Control+a')
      await page.getByRole('toolbar', { name: 'Picked tasks' }).getByText('4 picked').waitFor()
      // Put in the bin in another window, of which this one has not heard yet.
      await intercept(page, '**/api/v1/tasks/batch', async (route) => {
        await person.ok('DELETE', `/tasks/${gone.id}`)
        await route.continue()
      })
      await page.keyboard.press('d')
      await page.getByRole('button', { name: /^Tomorrow/u }).click()
      const refusal = toast(page, '“Gone meanwhile” could not be changed')
      await refusal.waitFor()
      // Said before what is done next, and read all the same.
      await page.keyboard.press('Escape')
      await row(page, 'Plain').getByRole('checkbox').click()
      await toast(page, /done/u).waitFor()
      await expect
        .poll(() => tooSmall(refusal.getByText('could not be changed'), { width: 200, height: 14 }))
        .toEqual([])
      const daysOf = async () => {
        const ids = [weekly.id, next.id, plain.id]
        return (await Promise.all(ids.map((id) => person.task(id)))).map(({ due }) => due?.date)
      }
      await expect.poll(daysOf).toEqual([day(1), day(1), day(1)])
      expect((await person.task(gone.id)).due?.date).toBe(day(-1))
    },
  )
})
