// @module-tag slow
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { addTask, choose, newTask, openTask, row, save } from './support/screen.ts'
import { newPerson, test } from './support/story.ts'

describe('reminders in the settings', () => {
  test('quiet hours and the hour of the digest are saved as they are made, and told in words', async ({
    page,
    person,
  }) => {
    await page.goto('/settings')
    const reminders = page.getByRole('region', { name: 'Reminders' })
    await reminders.getByRole('switch', { name: 'Quiet hours' }).click()
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ quietHours: { from: '22:00', to: '07:00' } })
    await reminders.getByText(/^(Next from 22:00 |Quiet now, until 07:00 )/u).waitFor()
    await reminders.getByLabel('From').fill('2130')
    await page.keyboard.press('Enter')
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ quietHours: { from: '21:30', to: '07:00' } })
    await reminders.getByLabel('To', { exact: true }).fill('21:30')
    await page.keyboard.press('Enter')
    await reminders.getByText('Two different times make a span.').waitFor()
    await reminders.getByLabel('To', { exact: true }).fill('6')
    await page.keyboard.press('Enter')
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ quietHours: { from: '21:30', to: '06:00' } })

    await reminders.getByRole('switch', { name: 'Daily digest' }).click()
    await reminders.getByLabel('At', { exact: true }).fill('8:15')
    await page.keyboard.press('Tab')
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ digestAt: '08:15' })
    await reminders.getByRole('switch', { name: 'Daily digest' }).click()
    await reminders.getByRole('switch', { name: 'Quiet hours' }).click()
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ digestAt: null, quietHours: null })
  })

  test('who gets no mails is told that the digest is one', async ({ open }) => {
    const person = await newPerson('Ada', { emailReminders: false })
    await person.ok('PATCH', '/me', { digestAt: '07:00' })
    const page = await open({ person, at: '/settings' })
    await page.getByText('the digest comes by the others only').waitFor()
  })

  test('the usual reminder shows as a chip of a new task with a time, and can be taken off', async ({
    page,
    person,
  }) => {
    await page.goto('/settings')
    await page.getByLabel('A new task reminds').selectOption('15 min before')
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ defaultReminder: 15 })
    await page.getByRole('link', { name: /^Inbox/u }).click()
    await newTask(page).fill('Tea tomorrow 9am')
    await page.getByText('15 min before').waitFor()
    await addTask(page, 'Tea tomorrow 9am', 'Tea')
    await newTask(page).fill('Cake tomorrow 9am')
    await page.getByRole('button', { name: 'Remove reminder' }).click()
    await addTask(page, 'Cake tomorrow 9am', 'Cake')
    await addTask(page, 'Scones tomorrow', 'Scones')
    const tasks = await person.tasks('state=open')
    const remindersOf = (title: string) => tasks.find((task) => task.title === title)?.reminders
    expect(remindersOf('Tea')).toMatchObject([{ kind: 'relative', minutesBefore: 15 }])
    expect(remindersOf('Cake')).toEqual([])
    expect(remindersOf('Scones')).toEqual([])
  })

  test('a reminder goes on until the task is done, every so often, and the row says so', async ({ page, person }) => {
    const due = { date: day(2), time: '09:00', timeZone: 'UTC' }
    const task = await person.createTask({ title: 'Pills', due, reminders: [{ kind: 'relative', minutesBefore: 0 }] })
    await page.goto('/all')
    const dialog = await openTask(page, 'Pills')
    await dialog.getByRole('button', { name: 'How often At the due time: once' }).click()
    await choose(page, 'Until done, every 10 min')
    await save(dialog)
    await expect
      .poll(async () => (await person.task(task.id)).reminders)
      .toMatchObject([{ minutesBefore: 0, repeatMinutes: 10 }])
    await row(page, 'Pills').getByText('At the due time, every 10 min until done').waitFor()
    await openTask(page, 'Pills')
    await dialog.getByRole('button', { name: /^How often At the due time: every 10 min/u }).click()
    await choose(page, 'Once')
    await save(dialog)
    await expect
      .poll(async () => (await person.task(task.id)).reminders.map(({ repeatMinutes }) => repeatMinutes))
      .toEqual([undefined])
  })
})
