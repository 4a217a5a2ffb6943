import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { expectAccessible } from './support/axe.ts'
import {
  addTask,
  boxOf,
  choose,
  focusedName,
  gone,
  openTask,
  row,
  rowTitle,
  save,
  dayName,
  taskDialog,
} from './support/screen.ts'
import { newPerson, test } from './support/story.ts'

describe('the task dialog', () => {
  test('notes with a line of code that is too long scroll by themselves', async ({ page, person }) => {
    const notes = `\`\`\`\n${'x'.repeat(300)}\n\`\`\`\n\nhttps://example.org/${'y'.repeat(300)}`
    await person.createTask({ title: 'Logs', notes, due: { date: day(0) } })
    await page.reload()
    const dialog = await openTask(page, 'Logs')
    await dialog.locator('.markdown').waitFor()
    const code = await boxOf(dialog.locator('pre'))
    const box = await boxOf(dialog)
    expect(code.x + code.width).toBeLessThan(box.x + box.width)
    const isWider = (selector: string) =>
      page.evaluate(
        `(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('${selector}'))`,
      )
    expect(await isWider('pre')).toBe(true)
    expect(await isWider('[role=dialog] .overflow-y-auto')).toBe(false)
  })

  test('every field of a task is set in one go', async ({ page, person }) => {
    const home = await person.ok('POST', '/lists', { name: 'Home', color: 'green' })
    await addTask(page, 'Plan the trip')
    const dialog = await openTask(page, 'Plan the trip')
    const field = (name: string) => dialog.getByRole('group', { name, exact: true })
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Plan the long trip')
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('Pack **light**')
    await dialog.getByRole('radio', { name: 'High' }).click()

    await field('Due').getByRole('button').first().click()
    await page.getByLabel('Time', { exact: true }).fill('09:30')
    await page.getByRole('button', { name: 'Set the time' }).click()
    await field('Due').getByText('09:30').waitFor()

    await field('Reminders').getByRole('button', { name: 'Add a reminder' }).click()
    await choose(page, '15 min before')
    await field('Reminders').getByRole('button', { name: 'Add a reminder' }).click()
    await choose(page, 'At a date and time…')
    await dialog.getByRole('button', { name: /^Day of the reminder/u }).click()
    await page.getByRole('button', { name: dayName(day(3)) }).click()
    await expect.poll(() => focusedName(page)).toMatch(/^Day of the reminder/u)
    await dialog.getByLabel('Time of the reminder').fill('8')
    await page.keyboard.press('Enter')

    await dialog.getByRole('button', { name: 'Add a tag' }).click()
    await page.getByRole('combobox').fill('travel')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')

    await field('List').getByRole('button').click()
    await choose(page, /Home/u)

    const subtask = dialog.getByRole('textbox', { name: 'New subtask' })
    await subtask.fill('Book a room')
    await subtask.press('Enter')
    await subtask.fill('Find the passport')
    await subtask.press('Enter')
    await dialog.getByRole('checkbox', { name: 'Complete Find the passport' }).click()
    await save(dialog)

    const [task] = await person.tasks('')
    expect(task).toMatchObject({
      title: 'Plan the long trip',
      notes: 'Pack **light**',
      priority: 'high',
      tags: ['travel'],
      listId: home.id,
      due: { date: day(0), time: '09:30' },
      subtasks: [{ title: 'Book a room', completedAt: null }, { title: 'Find the passport' }],
    })
    expect(task?.reminders).toEqual([
      expect.objectContaining({ kind: 'relative', minutesBefore: 15 }),
      expect.objectContaining({ kind: 'absolute', at: expect.stringContaining(`${day(3)}T08:00`) }),
    ])
    await row(page, 'Plan the long trip').getByText('Subtasks: 1 of 2 done').waitFor({ state: 'attached' })
  })

  test('notes are Markdown, and nothing in them runs or loads', async ({ page, person }) => {
    const notes = [
      '# Plan\n\n**bold** and [a link](https://example.org/x)\n',
      '- [x] done\n',
      '<img src=x onerror="document.title=1"><script>document.title=2</script>\n',
      '[click](javascript:alert(1)) ![far](https://example.org/pixel.png)',
    ].join('\n')
    const task = await person.createTask({ title: 'With notes', notes })
    await page.goto(`/all?task=${task.id}`)
    const dialog = await taskDialog(page, 'With notes')
    await dialog.getByRole('heading', { name: 'Plan' }).waitFor()
    const link = dialog.getByRole('link', { name: 'a link' })
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await dialog.locator('img, script, [onerror], a[href^="javascript"]').count()).toBe(0)
    expect(await page.title()).toContain('All')
    await dialog.getByRole('button', { name: 'Edit notes' }).click()
    expect(await dialog.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe(notes)
  })

  test('a box in the notes is ticked where it is read, and a click on the text goes on writing', async ({
    page,
    person,
  }) => {
    const notes = '# Pack\n\n- [ ] socks\n- [x] tent\n\n```\n- [ ] code\n```'
    const task = await person.createTask({ title: 'Trip', notes })
    await page.goto(`/all?task=${task.id}`)
    const dialog = await taskDialog(page, 'Trip')
    const boxes = dialog.getByRole('group', { name: 'Notes' }).getByRole('checkbox')
    await boxes.first().focus()
    await page.keyboard.press('Space')
    await expect.poll(() => boxes.first().isChecked()).toBe(true)
    expect(await focusedName(page)).toBe('Done')
    await boxes.last().click()
    await expectAccessible(page, 'notes with boxes', '[role="dialog"]')
    await dialog.getByRole('heading', { name: 'Pack' }).click()
    expect(await dialog.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe(
      notes.replace('[ ] socks', '[x] socks').replace('[x] tent', '[ ] tent'),
    )
    await save(dialog)
    await expect.poll(async () => (await person.task(task.id)).notes).toContain('[x] socks')
  })

  test('notes are never shown as their source first, and the dialog keeps its height', async ({ page, person }) => {
    const task = await person.createTask({ title: 'Slow notes', notes: 'Some **bold** words' })
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/markdown-*.js', async (route) => {
      await isReleased
      await route.continue()
    })
    await page.goto(`/all?task=${task.id}`)
    const dialog = await taskDialog(page, 'Slow notes')
    const notes = dialog.getByRole('group', { name: 'Notes' })
    await notes.getByRole('button', { name: 'Edit notes' }).waitFor()
    expect(await notes.getByText('**bold**').isVisible()).toBe(false)
    const before = await boxOf(notes)
    release()
    await notes.getByRole('strong').waitFor()
    expect((await boxOf(notes)).height).toBe(before.height)
  })

  test('each recurrence of the menu shows its next five dates, and None takes it away', async ({ page, person }) => {
    // 2027-01-29 is a Friday: its month has a 29th, the next one has none.
    const task = await person.createTask({ title: 'Again', due: { date: '2027-01-29' } })
    await page.goto(`/all?task=${task.id}`)
    const dialog = await taskDialog(page, 'Again')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence' })
    const next = async (preset: string) => {
      await recurrence.getByRole('button').first().click()
      await choose(page, preset)
      return async () => recurrence.getByText(/^\w{3},? \d+ \w{3}(?: \d{4})?$/u).allTextContents()
    }
    const dates = async (preset: string, expected: string[]) => {
      await expect.poll(await next(preset)).toEqual(expected)
    }
    await dates('Daily', ['Sat 30 Jan', 'Sun 31 Jan', 'Mon 1 Feb', 'Tue 2 Feb', 'Wed 3 Feb'])
    await dates('Weekdays', ['Mon 1 Feb', 'Tue 2 Feb', 'Wed 3 Feb', 'Thu 4 Feb', 'Fri 5 Feb'])
    await dates('Weekly', ['Fri 5 Feb', 'Fri 12 Feb', 'Fri 19 Feb', 'Fri 26 Feb', 'Fri 5 Mar'])
    await dates('Monthly', ['Sun 28 Feb', 'Mon 29 Mar', 'Thu 29 Apr', 'Sat 29 May', 'Tue 29 Jun'])
    await dates('Monthly on this weekday', ['Fri 26 Feb', 'Fri 26 Mar', 'Fri 30 Apr', 'Fri 28 May', 'Fri 25 Jun'])
    await dates(
      'Yearly',
      [2028, 2029, 2030, 2031, 2032].map(
        (year, index) => `${['Sat', 'Mon', 'Tue', 'Wed', 'Thu'][index]}, 29 Jan ${year}`,
      ),
    )
    await dates('None', [])
    await dates('Weekly', ['Fri 5 Feb', 'Fri 12 Feb', 'Fri 19 Feb', 'Fri 26 Feb', 'Fri 5 Mar'])
    await recurrence.getByRole('radio', { name: 'From completion' }).click()
    await save(dialog)
    expect((await person.task(task.id)).recurrence).toMatchObject({
      rule: expect.stringContaining('FREQ=WEEKLY'),
      anchor: 'completion',
    })
  })

  test('a link opens its task, and one that is not ours says so', async ({ page, person, open, watch }) => {
    watch.expect(/404/u)
    const task = await person.createTask({ title: 'Shared by link' })
    await page.goto(`/today?task=${task.id}`)
    const dialog = await taskDialog(page, 'Shared by link')
    await page.keyboard.press('Escape')
    await gone(dialog)
    expect(new URL(page.url()).search).toBe('')

    const stranger = await open({ person: await newPerson('Eve') })
    await stranger.goto(`/today?task=${task.id}`)
    await stranger.getByRole('dialog').getByText('This task is not there').waitFor()
  })

  test('the focus stays in the dialog, and goes back to where it came from', async ({ page }) => {
    await addTask(page, 'Focus on me')
    await rowTitle(page, 'Focus on me').focus()
    await page.keyboard.press('Enter')
    const dialog = await taskDialog(page, 'Focus on me')
    expect(await focusedName(page)).toBe('Title')
    for (let pressed = 0; pressed < 40; pressed += 1) {
      await page.keyboard.press(pressed % 2 ? 'Tab' : 'Shift+Tab')
      if (pressed % 2) await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement?.closest("[role=dialog]") !== null')).toBe(true)
    }
    await page.keyboard.press('Escape')
    await gone(dialog)
    await expect.poll(() => focusedName(page)).toBe('Focus on me')
  })

  test('closing it goes back, so that the back button never stops at the same screen twice', async ({ page }) => {
    await page.goto('/inbox')
    await page.getByRole('link', { name: 'Today', exact: true }).click()
    await addTask(page, 'Look')
    for (const close of ['Escape', 'Control+Enter']) {
      const dialog = await openTask(page, 'Look')
      await page.keyboard.press(close)
      await gone(dialog)
      await expect.poll(() => new URL(page.url()).search).toBe('')
    }
    await page.goForward()
    await page.getByRole('dialog').press('Escape')
    await gone(page.getByRole('dialog'))
    await openTask(page, 'Look')
    await page.goBack()
    await gone(page.getByRole('dialog'))
    await page.goBack()
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()
  })

  test('the history tells who changed what', async ({ page, person }) => {
    const task = await person.createTask({ title: 'With a past' })
    await person.ok('PATCH', `/tasks/${task.id}`, { priority: 'high' })
    await page.goto(`/all?task=${task.id}`)
    const dialog = await taskDialog(page, 'With a past')
    await dialog.getByRole('tab', { name: 'History' }).click()
    await dialog.getByText('Ada changed the priority from Medium to High').waitFor()
    await dialog.getByText('Ada made this task').waitFor()
  })
})
