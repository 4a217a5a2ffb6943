import { describe, expect } from 'vitest'
import { addTask, choose, dayName, openTask, row, save, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('a rule of one’s own', () => {
  test('every second week on Monday and Thursday is entered in clicks, and said in words and dates', async ({
    page,
    person,
  }) => {
    await person.createTask({ title: 'Gym', due: { date: '2040-01-02' } })
    await page.goto('/all')
    const dialog = await openTask(page, 'Gym')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
    await recurrence.getByRole('button', { name: 'None' }).click()
    await choose(page, 'Custom…')
    await recurrence.getByLabel('Every').fill('2')
    await recurrence.getByRole('button', { name: 'Thursday' }).click()
    await recurrence.getByText('Every 2 weeks on Monday and Thursday').waitFor()
    await recurrence.getByText('Mon 16 Jan').waitFor()
    await save(dialog)
    const [task] = await person.tasks('')
    expect(task?.recurrence).toMatchObject({ rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', start: '2040-01-02' })
  })

  test(
    'the 31st falls on the last day of short months, or leaves them out, as it is chosen',
    { tags: ['slow'] },
    async ({ page, person }) => {
      await person.createTask({ title: 'Rent', due: { date: '2040-01-31' }, recurrence: { rule: 'FREQ=DAILY' } })
      await page.goto('/all')
      const dialog = await openTask(page, 'Rent')
      const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
      await recurrence.getByRole('button', { name: 'Every day' }).click()
      await choose(page, 'Custom…')
      await recurrence.getByRole('radio', { name: 'Months' }).click()
      await recurrence.getByText('Wed 29 Feb').waitFor()
      await recurrence.getByRole('radio', { name: 'Skip short months' }).click()
      await recurrence.getByText('Sat 31 Mar').waitFor()
      await recurrence.getByRole('radio', { name: 'On a weekday' }).click()
      await recurrence.getByLabel('Which one').selectOption('last')
      await recurrence.getByLabel('Day', { exact: true }).selectOption('weekday')
      await recurrence.getByText('Every month on the last weekday').waitFor()
      await save(dialog)
      expect((await person.tasks(''))[0]?.recurrence?.rule).toBe('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1')
    },
  )

  test(
    'so long after it was done, whichever day that is, is said without a day and changed in clicks',
    { tags: ['slow'] },
    async ({ page, person }) => {
      await person.createTask({
        title: 'Filter',
        due: { date: '2040-01-31' },
        recurrence: { rule: 'FREQ=MONTHLY;INTERVAL=3', anchor: 'completion' },
      })
      await page.goto('/all')
      await row(page, 'Filter').getByText('Every 3 months, from completion').waitFor()
      const dialog = await openTask(page, 'Filter')
      const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
      expect(await recurrence.getByLabel('Every').inputValue()).toBe('3')
      await recurrence.getByText('Counted from the day on which it is done').waitFor()
      await recurrence.getByRole('radio', { name: 'Weeks' }).click()
      await recurrence.getByText('Every 3 weeks, from completion').waitFor()
      await recurrence.getByLabel('Every').fill('2')
      await recurrence.getByText('Every 2 weeks, from completion').waitFor()
      await save(dialog)
      const ruleNow = async () => (await person.tasks(''))[0]?.recurrence?.rule
      expect(await ruleNow()).toBe('FREQ=WEEKLY;INTERVAL=2')
      const again = await openTask(page, 'Filter')
      await again.getByRole('button', { name: 'Only on certain days' }).click()
      await again.getByText('Every 2 weeks on Tuesday, from completion').waitFor()
      await save(again)
      expect(await ruleNow()).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU')
    },
  )

  test('what no form can say is written as a rule, and what is wrong with one is said', async ({ page, person }) => {
    await addTask(page, 'Unlucky')
    const dialog = await openTask(page, 'Unlucky')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
    await recurrence.getByRole('button', { name: 'None' }).click()
    await choose(page, 'Custom…')
    await recurrence.getByText('Write it as a rule').click()
    const text = recurrence.getByLabel('Rule (RFC 5545)')
    await text.fill('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')
    await recurrence.getByText('no day ever matches').waitFor()
    await text.fill('FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR')
    await recurrence.getByText('This rule says more than the parts here can.').waitFor()
    await save(dialog)
    expect((await person.tasks(''))[0]?.recurrence?.rule).toBe('FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR')
  })

  test('of a calendar leaves its day to the start: that day is chosen, and others can be', async ({ page, person }) => {
    await person.createTask({ title: 'Choir', due: { date: '2040-01-02' }, recurrence: { rule: 'FREQ=WEEKLY' } })
    await page.goto('/all')
    const dialog = await openTask(page, 'Choir')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
    await recurrence.getByRole('button', { name: 'Every week on Monday' }).click()
    await choose(page, 'Custom…')
    await recurrence.getByRole('button', { name: 'Monday', pressed: true }).waitFor()
    await recurrence.getByRole('button', { name: 'Thursday' }).click()
    await save(dialog)
    expect((await person.tasks(''))[0]?.recurrence?.rule).toBe('FREQ=WEEKLY;BYDAY=MO,TH')
  })

  test('single days are left out of a series, and others added to it', { tags: ['slow'] }, async ({ page, person }) => {
    const due = { date: '2040-01-02' }
    await person.createTask({ title: 'Class', due, recurrence: { rule: 'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU' } })
    await page.goto('/all')
    const dialog = await openTask(page, 'Class')
    const recurrence = dialog.getByRole('group', { name: 'Recurrence', exact: true })
    const dates = (name: string) => recurrence.getByRole('group', { name, exact: true })
    for (const [name, date] of [
      ['Not on', '2040-01-03'],
      ['Also on', '2040-01-05'],
    ] as const) {
      await dates(name)
        .getByRole('button', { name: `${name}: a day: Add a day` })
        .click()
      await page.getByRole('button', { name: dayName(date) }).click()
    }
    await dates('Also on')
      .getByRole('button', { name: /^Remove .*5 Jan/ })
      .waitFor()
    await save(dialog)
    expect((await person.tasks(''))[0]?.recurrence).toMatchObject({
      exceptions: ['2040-01-03'],
      additions: ['2040-01-05'],
    })
  })
})

describe('one occurrence of a series', () => {
  const weekly = { due: { date: '2040-01-02' }, recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO' } }

  test('is skipped from the menu of its row, and the next one comes; Undo takes both back', async ({
    page,
    person,
  }) => {
    await person.createTask({ title: 'Water the plants', ...weekly })
    await page.goto('/all')
    await row(page, 'Water the plants').getByRole('button', { name: 'More for Water the plants' }).click()
    await choose(page, 'Skip this one')
    const told = toast(page, '“Water the plants” skipped. Next:')
    await told.waitFor()
    await row(page, 'Water the plants').getByText('9 Jan 2040').waitFor()
    await told.getByRole('button', { name: 'Undo' }).click()
    await row(page, 'Water the plants').getByText('2 Jan 2040').waitFor()
    await expect.poll(async () => (await person.tasks('state=all')).length).toBe(1)
  })

  test('is passed over in the dialog with what was changed there, which is saved first', async ({ page, person }) => {
    const task = await person.createTask({ title: 'Water the plants', ...weekly })
    await page.goto('/all')
    const dialog = await openTask(page, 'Water the plants')
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('The big one needs two litres.')
    await dialog.getByRole('tab', { name: 'Series' }).click()
    await dialog.getByRole('button', { name: 'Save and skip this one' }).click()
    await toast(page, '“Water the plants” skipped. Next:').waitFor()
    expect(await person.ok('GET', `/tasks/${task.id}`)).toMatchObject({
      skipped: true,
      notes: 'The big one needs two litres.',
    })
    expect(await person.nextAfter(task)).toMatchObject({ notes: 'The big one needs two litres.' })
  })

  test(
    'is said to be next also when it comes before the page hears of changes',
    { tags: ['slow'] },
    async ({ page, person }) => {
      await person.createTask({ title: 'Water the plants', ...weekly })
      const heard = Promise.withResolvers<void>()
      await page.route('**/api/v1/stream', (route) => heard.promise.then(() => route.continue()))
      await page.goto('/all')
      await row(page, 'Water the plants').getByRole('button', { name: 'More for Water the plants' }).click()
      await choose(page, 'Skip this one')
      await expect.poll(async () => (await person.tasks(''))[0]?.due?.date).toBe('2040-01-09')
      heard.resolve()
      await toast(page, '“Water the plants” skipped. Next:').waitFor()
    },
  )

  test('is changed alone, or with all that follow: the dialog asks where that is a question', async ({
    page,
    person,
  }) => {
    const first = await person.createTask({ title: 'Call', ...weekly })
    await person.complete(first)
    await person.nextAfter(first)
    await page.goto('/all')
    const dialog = await openTask(page, 'Call')
    const scope = dialog.getByLabel('What the change is for')
    await expect.poll(() => scope.count()).toBe(0)
    await dialog.getByRole('radio', { name: 'High' }).click()
    expect(await scope.getByRole('radio', { name: 'All that follow too' }).isChecked()).toBe(true)
    await scope.getByRole('radio', { name: 'Only this one' }).click()
    await save(dialog)
    const [second] = await person.tasks('')
    await person.complete(second!)
    expect((await person.nextAfter(second!)).priority).toBe('medium')
    expect((await person.task(second!.id)).priority).toBe('high')
  })

  test('stands in the story of its series, which can end with it', async ({ page, person }) => {
    const first = await person.createTask({ title: 'Run', ...weekly })
    await person.complete(first)
    const second = await person.nextAfter(first)
    await page.goto('/all')
    const dialog = await openTask(page, 'Run')
    await dialog.getByRole('tab', { name: 'Series' }).click()
    await dialog
      .getByRole('list', { name: 'Occurrences' })
      .getByText(/^Mon,? 9 Jan 2040$/u)
      .waitFor()
    await dialog.getByText('Done just now').waitFor()
    await dialog.getByRole('button', { name: 'End with this one' }).click()
    await toast(page, '“Run” is the last of its series').waitFor()
    await expect.poll(async () => (await person.task(second.id)).recurrence?.rule).toContain('UNTIL=20400109')
    await toast(page, '“Run” is the last of its series').getByRole('button', { name: 'Undo' }).click()
    const { recurrence, seriesId, occurrenceNumber } = second
    await expect.poll(() => person.task(second.id)).toMatchObject({ recurrence, seriesId, occurrenceNumber })
  })
})
