import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { row, titles } from './support/screen.ts'
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
})
