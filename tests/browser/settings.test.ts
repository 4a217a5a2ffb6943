import { describe, expect } from 'vitest'
import { PASSWORD } from '../acceptance/support/person.ts'
import { day } from '../acceptance/support/days.ts'
import { row, toast } from './support/screen.ts'
import { test } from './support/story.ts'

describe('settings', () => {
  test('name, time zone and locale are saved as they are made, and change the dates on screen', async ({
    page,
    person,
  }) => {
    await person.createTask({ title: 'Meet', due: { date: day(0), time: '17:30', timeZone: 'UTC' } })
    await page.goto('/settings')
    await page.getByLabel('Name').fill('Ada King')
    await page.keyboard.press('Enter')
    await page.getByLabel('Time zone').selectOption('Pacific/Kiritimati')
    await page.getByLabel('Dates and times as in').selectOption('en-US')
    await page.getByLabel('The week starts on').selectOption({ label: 'Sunday' })
    await expect
      .poll(() => person.ok('GET', '/me'))
      .toMatchObject({
        name: 'Ada King',
        timeZone: 'Pacific/Kiritimati',
        locale: 'en-US',
        weekStart: 7,
      })
    await page.getByRole('link', { name: /^Ada King/u }).waitFor()
    await page.goto('/all')
    await row(page, 'Meet')
      .getByText(/5:30\sPM/u)
      .waitFor()
  })

  test('the theme is kept without a flash, and System follows the machine', { tags: ['slow'] }, async ({ page }) => {
    const isDark = () => page.evaluate<boolean>('document.documentElement.classList.contains("dark")')
    await page.goto('/settings')
    await page.getByRole('radio', { name: 'Dark' }).click()
    expect(await isDark()).toBe(true)
    // What the page is like when its first element comes, before anything of ours but theme.js ran.
    await page.addInitScript(`new MutationObserver((_, observer) => {
      if (!document.body) return
      observer.disconnect()
      window.firstTheme = document.documentElement.className
    }).observe(document, { childList: true, subtree: true })`)
    await page.reload()
    expect(await page.evaluate('window.firstTheme')).toBe('dark')
    await page.getByRole('radio', { name: 'System' }).click()
    expect(await isDark()).toBe(false)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(isDark).toBe(true)
    await page.getByRole('radio', { name: 'Light' }).click()
    expect(await isDark()).toBe(false)
    await page.reload()
    expect(await isDark()).toBe(false)
  })

  test('the pages before signing in follow the machine’s theme at once, too', { tags: ['slow'] }, async ({ open }) => {
    const page = await open({ at: '/sign-in' })
    const isDark = () => page.evaluate<boolean>('document.documentElement.classList.contains("dark")')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await isDark()).toBe(false)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(isDark).toBe(true)
    await page.goto('/sign-up')
    await page.getByRole('heading', { name: 'Make an account' }).waitFor()
    expect(await isDark()).toBe(true)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(isDark).toBe(false)
  })

  test(
    'the password is changed only with the one before, and signs out the other devices',
    { tags: ['slow'] },
    async ({ page, person, open, watch }) => {
      watch.expect(/40[01]/u)
      const other = await open({ person: await person.otherSession() })
      await page.goto('/settings')
      const current = page.getByLabel('Current password', { exact: true })
      await current.fill('not the password')
      await page.getByLabel('New password', { exact: true }).fill('another good one')
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByText('The password is wrong.').waitFor()
      await current.fill(PASSWORD)
      await page.getByRole('button', { name: 'Change password' }).click()
      await toast(page, 'Password changed').waitFor()
      await other.reload()
      await other.waitForURL(/sign-in/u)
      await other.getByLabel('E-mail').fill(person.email)
      await other.getByLabel('Password', { exact: true }).fill('another good one')
      await other.getByRole('button', { name: 'Sign in' }).click()
      await other.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    },
  )

  test('what is changed is said to be saved, and can be undone; a name cannot be nothing', async ({ page, person }) => {
    await page.goto('/settings')
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('')
    await name.blur()
    await page.getByText('Enter a name: yours, or any that you like.').waitFor()
    await name.fill('Grace')
    await name.press('Enter')
    await page.getByRole('link', { name: 'Grace' }).waitFor()
    await toast(page, 'Setting saved').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Ada' }).waitFor()
    await expect.poll(async () => (await person.ok('GET', '/me')).name).toBe('Ada')
  })

  test('an .ics file becomes tasks, with a report of every line that was not kept', async ({ page }) => {
    await page.goto('/settings')
    const file = { name: 'home.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR) }
    await page.getByLabel('Calendar file').setInputFiles(file)
    const report = page.getByRole('region', { name: 'Import a calendar' }).getByRole('status')
    await report.getByText(/home\.ics: 1 task made, 0 here already/u).waitFor()
    await report.getByText('X-SECRET').waitFor()
    await page.getByLabel('Calendar file').setInputFiles(file)
    await report.getByText(/0 tasks made, 1 here already/u).waitFor()
    await page.goto('/inbox')
    await row(page, 'Water the ficus').getByRole('button', { name: 'Priority High' }).waitFor()
  })

  test(
    'the bytes of an .ics file are read as they are: UTF-16 is, and what cannot be is refused',
    { tags: ['slow'] },
    async ({ page, watch }) => {
      watch.expect(/400/u)
      await page.goto('/settings')
      const text = CALENDAR.replace('Water the ficus', 'Grüße 🍪')
      const choose = (buffer: Buffer) =>
        page.getByLabel('Calendar file').setInputFiles({ name: 'home.ics', mimeType: 'text/calendar', buffer })
      const section = page.getByRole('region', { name: 'Import a calendar' })
      await choose(Buffer.from(text, 'latin1'))
      await section.getByText(/is not UTF-8 text: save or export it as UTF-8/u).waitFor()
      await choose(Buffer.from(`\uFEFF${text}`, 'utf16le'))
      await section.getByText(/home\.ics: 1 task made/u).waitFor()
      await page.goto('/inbox')
      await row(page, 'Grüße 🍪').waitFor()
    },
  )

  test(
    'a calendar file that is far too large is refused with what to do',
    { tags: ['slow'] },
    async ({ page, watch }) => {
      watch.expect(/413/u)
      await page.goto('/settings')
      const file = { name: 'all.ics', mimeType: 'text/calendar', buffer: Buffer.alloc(30_000_000, CALENDAR) }
      await page.getByLabel('Calendar file').setInputFiles(file)
      const section = page.getByRole('region', { name: 'Import a calendar' })
      await section.getByText(/larger than 10 MiB: export fewer lists or a shorter time at once/u).waitFor()
    },
  )
})

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Test//EN',
  'BEGIN:VTODO',
  'UID:ficus-1@example.org',
  'DTSTAMP:20260101T000000Z',
  'SUMMARY:Water the ficus',
  'PRIORITY:1',
  'X-SECRET:nobody knows',
  'END:VTODO',
  'END:VCALENDAR',
  '',
].join('\r\n')
