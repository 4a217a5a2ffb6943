// @module-tag slow
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { expectAccessible } from './support/axe.ts'
import { dayName, row, titles } from './support/screen.ts'
import { newPerson, test } from './support/story.ts'

describe('days', () => {
  test('Today changes at midnight without a reload', async ({ open }) => {
    const person = await newPerson('Ada', { timeZone: 'Europe/Lisbon' })
    await person.createTask({ title: 'For the last day', due: { date: '2026-12-31' } })
    await person.createTask({ title: 'For the new year', due: { date: '2027-01-01' } })
    const page = await open({ person, at: 'about:blank', timezoneId: 'Europe/Lisbon' })
    await page.clock.install({ time: new Date('2026-12-31T23:58:30Z') })
    await page.goto('/today')
    await row(page, 'For the last day').waitFor()
    expect(await titles(page)).toEqual(['For the last day'])
    await page.getByText('Thursday 31 December').waitFor()
    await page.clock.fastForward('00:02:00')
    await page.getByText('Friday 1 January').waitFor()
    await row(page, 'For the new year').waitFor()
    await page.getByRole('heading', { name: /^Overdue/u }).waitFor()
    expect(await titles(page)).toEqual(['For the last day', 'For the new year'])
  })

  test('Today is the day of the profile’s zone, not of the machine’s', async ({ open }) => {
    // Kiritimati is 14 hours ahead of UTC, Pago Pago 11 behind: of two days at any moment.
    const east = await newPerson('Ada', { timeZone: 'Pacific/Kiritimati' })
    const zoned = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)
    await east.createTask({ title: 'Today over there', due: { date: zoned } })
    const page = await open({ person: east, timezoneId: 'Pacific/Pago_Pago' })
    await row(page, 'Today over there').waitFor()
  })

  test('a time of another zone stands under the day that it is here, also after moving there', async ({ open }) => {
    const person = await newPerson('Ada', { timeZone: 'Europe/Lisbon' })
    const due = { date: '2026-12-31', time: '23:00', timeZone: 'America/New_York' }
    await person.createTask({ title: 'Call New York', due })
    await person.createTask({ title: 'Last of the year', due: { date: '2026-12-31' } })
    const page = await open({ person, at: 'about:blank' })
    await page.clock.install({ time: new Date('2026-12-31T12:00:00Z') })
    await page.goto('/today')
    await row(page, 'Last of the year').waitFor()
    expect(await titles(page)).toEqual(['Last of the year'])
    await page.goto('/upcoming')
    await page.getByRole('heading', { name: /^Tomorrow/u }).waitFor()
    await row(page, 'Call New York').getByText('04:00 (23:00 New York)').waitFor()
    await page.goto('/today')
    await row(page, 'Last of the year').waitFor()
    await person.ok('PATCH', '/me', { timeZone: 'America/New_York' })
    await row(page, 'Call New York').getByText('23:00').waitFor()
    expect(await titles(page)).toEqual(['Call New York', 'Last of the year'])
  })

  test('overdue comes first, in red and in words; the days to come stand under their names', async ({
    page,
    person,
  }) => {
    await person.createTask({ title: 'Late', due: { date: day(-3) } })
    await person.createTask({ title: 'Now', due: { date: day(0) } })
    await person.createTask({ title: 'Next', due: { date: day(1), time: '09:00' } })
    await page.reload()
    await page.getByText('1 to do, 1 overdue', { exact: false }).first().waitFor()
    expect(await titles(page)).toEqual(['Late', 'Now'])
    await row(page, 'Late')
      .getByRole('button', { name: /, 3 days late, overdue$/u })
      .waitFor()
    await page.goto('/upcoming')
    await page.getByRole('heading', { name: /^Tomorrow/u }).waitFor()
    await row(page, 'Next').getByText('09:00').waitFor()
  })

  test('days and times are typed and shown as the person writes them, whatever the device does', async ({ open }) => {
    const british = await newPerson()
    const american = await newPerson('Grace', { locale: 'en-US' })
    for (const [person, locale, typed, shown] of [
      [british, 'en-US', '5pm', '17:00'],
      [american, 'en-GB', '17', '5:00 PM'],
    ] as const) {
      await person.createTask({ title: 'Call', due: { date: day(1) } })
      const page = await open({ person, locale, at: '/inbox' })
      await row(page, 'Call').getByRole('button', { name: /^Due/u }).click()
      const time = page.getByLabel('Time', { exact: true })
      await time.fill('25:00')
      await time.press('Enter')
      await page.getByText(`Write it as ${shown}.`).waitFor()
      await time.fill(typed)
      await time.blur()
      expect((await time.inputValue()).replace(/\s/u, ' ')).toBe(shown)
      await time.press('Enter')
      await row(page, 'Call')
        .getByRole('button', { name: `Due Tomorrow ${shown}` })
        .waitFor()
      await expect.poll(async () => (await person.tasks(''))[0]?.due).toMatchObject({ date: day(1), time: '17:00' })
    }
  })

  test('a range of days to filter by is chosen from months and said in the words of the person', async ({
    open,
    person,
  }) => {
    for (const index of [0, 2, 5]) await person.createTask({ title: `In ${index} days`, due: { date: day(index) } })
    const page = await open({ person, locale: 'en-US', at: '/all' })
    await page.getByRole('button', { name: 'Due', exact: true }).click()
    await page.getByRole('button', { name: 'From Any day' }).click()
    await page.getByRole('button', { name: dayName(day(1)) }).click()
    await page.getByRole('button', { name: 'Until Any day' }).click()
    await page.getByRole('button', { name: dayName(day(3)) }).click()
    const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day(3)))
    await page.getByRole('button', { name: `Until ${words}` }).waitFor()
    await expectAccessible(page, 'a range of days', '[role="dialog"]')
    await page.getByRole('button', { name: 'Show these days' }).click()
    await expect.poll(() => titles(page)).toEqual(['In 2 days'])
    expect(new URL(page.url()).search).toBe(`?due=${day(1)}..${day(3)}`)
  })
})
