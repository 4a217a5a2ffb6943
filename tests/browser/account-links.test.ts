// @module-tag slow
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { PASSWORD } from '../acceptance/support/person.ts'
import { expectAccessible } from './support/axe.ts'
import { confirmingApp } from './support/confirming-app.ts'
import { fits } from './support/fits.ts'
import { tooSmall } from './support/hit-area.ts'
import { intercept } from './support/intercept.ts'
import { linksTo, mailedLink } from './support/mailed-links.ts'
import { gone, goLive } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

const app = confirmingApp()

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe('who forgot their password', () => {
  test('chooses another one by a link that is mailed, and every tab is signed out', async ({ open, watch }) => {
    watch.expect(/401/u)
    const person = await app().signUp()
    const other = await open({ person, baseURL: app().url })
    await other.getByText('Nothing is due today').waitFor()
    const page = await other.context().newPage()
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
    expect(page.url()).toBe(`${app().url}/forgotten-password`)
    expect(await page.getByLabel('E-mail').inputValue()).toBe(person.email)
    await expectAccessible(page, 'forgotten password')
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByText(`If ${person.email} has an account here, a link is on its way.`).waitFor()
    await expectAccessible(page, 'link sent')

    await page.goto(await mailedLink(app(), person.email, 'new-password'))
    const password = page.getByLabel('New password', { exact: true })
    await password.fill('short')
    await page.getByRole('button', { name: 'Save the password' }).click()
    await page.getByText('It needs at least 8 characters.').waitFor()
    await expectAccessible(page, 'new password')
    await password.fill('another good one')
    await page.getByRole('button', { name: 'Save the password' }).click()
    await page.getByText('Your new password is saved. Sign in with it.').waitFor()
    await other.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.context().cookies()).toEqual([])

    await signIn(page, person.email, PASSWORD)
    await page.getByText('The e-mail address or the password is wrong.').waitFor()
    await signIn(page, person.email, 'another good one')
    await page.getByText('Nothing is due today').waitFor()
  })

  test('is told the same where there is no such account, and can have the link sent again', async ({ open, watch }) => {
    watch.expect(/429/u)
    const page = await open({ baseURL: app().url, at: '/forgotten-password', ...PHONE })
    await page.getByLabel('E-mail').fill('nobody@example.org')
    await page.getByRole('button', { name: 'Send me a link' }).tap()
    await page.getByText('If nobody@example.org has an account here').waitFor()
    await page.getByRole('button', { name: 'Send it again' }).tap()
    await page.getByText('Sent again.').waitFor()
    await fits(page)
    const problem = { code: 'TOO_MANY_REQUESTS', title: 'Too many tries' }
    await intercept(page, '**/request-password-reset', (route) =>
      route.fulfill({ status: 429, headers: { 'retry-after': '40' }, json: problem }),
    )
    await page.getByRole('button', { name: 'Send it again' }).tap()
    await page.getByRole('alert').getByText('Too many tries. Try again in 40 seconds.').waitFor()
    await page.getByRole('button', { name: 'Use another address' }).tap()
    await page.getByLabel('E-mail').fill('ada')
    await page.getByRole('button', { name: 'Send me a link' }).tap()
    await page.getByText('Write it as in ada@example.org.').waitFor()
    await page.getByRole('link', { name: 'Back to sign in' }).tap()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ada')
    await page.getByRole('link', { name: 'Make an account' }).tap()
    await page.getByRole('heading', { name: 'Make an account' }).waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('ada')
    await page.getByRole('link', { name: 'Sign in' }).tap()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await tooSmall(page.getByRole('link', { name: 'Forgot your password?' }))).toEqual([])
  })

  test('is told of a link that was used, or cut off, and gets to another one', async ({ open, watch }) => {
    watch.expect(/400/u)
    const person = await app().signUp()
    await person.ok('POST', '/api/auth/request-password-reset', { email: person.email })
    const link = await mailedLink(app(), person.email, 'new-password')
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token')
    await person.ok('POST', '/api/auth/reset-password', { newPassword: 'another good one', token })
    const page = await open({ baseURL: app().url, at: link })
    await page.getByLabel('New password', { exact: true }).fill('a third good one')
    await page.getByRole('button', { name: 'Save the password' }).click()
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    await expectAccessible(page, 'used link')
    await page.getByRole('link', { name: 'Get another link' }).click()
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
    await page.goto('/new-password')
    await page.getByText('It may have been cut off on its way.').waitFor()
  })
})

describe('an address that is to be confirmed', () => {
  test('is asked for above every screen until its link is followed, wherever that is', async ({ open }) => {
    const person = await app().signUp()
    const page = await open({ person, baseURL: app().url, at: 'about:blank' })
    await goLive(page)
    const notice = page.getByRole('region', { name: 'Your e-mail address' })
    await notice.getByText(`We sent a link to ${person.email}: follow it to get reminders by e-mail.`).waitFor()
    await expectAccessible(page, 'Today with the notice')

    const link = await mailedLink(app(), person.email, 'confirm-email')
    const phone = await open({ baseURL: app().url, at: link, ...PHONE })
    const confirm = phone.getByRole('button', { name: 'Confirm my address' })
    await confirm.waitFor()
    await expectAccessible(phone, 'to be confirmed')
    expect(await person.ok('GET', '/me')).toMatchObject({ emailConfirmed: false })
    await confirm.tap()
    await phone.getByRole('heading', { name: 'Thank you' }).waitFor()
    await expectAccessible(phone, 'confirmed')
    await gone(notice)
    expect(await person.ok('GET', '/me')).toMatchObject({ emailConfirmed: true })
    await phone.reload()
    await confirm.tap()
    await phone.getByRole('heading', { name: 'Thank you' }).waitFor()

    await page.reload()
    await page.getByText('Nothing is due today').waitFor()
    const scripts = `performance.getEntriesByType('resource').map(({ name }) => name).join()`
    expect(await page.evaluate(scripts)).not.toContain('confirm-notice')
  })

  test('gets its link again from the settings and from the notice, until it has had enough of them', async ({
    open,
    watch,
  }) => {
    watch.expect(/429/u)
    const person = await app().signUp()
    await mailedLink(app(), person.email, 'confirm-email')
    const page = await open({ person, baseURL: app().url, at: '/settings', ...PHONE })
    const email = page.getByRole('list', { name: 'Channels' }).getByRole('listitem', { name: 'E-mail' })
    await email.getByText('Mails begin when you follow the link').waitFor()
    await expectAccessible(page, 'settings of who is unconfirmed')
    await fits(page)
    expect(await tooSmall(page.getByRole('button', { name: /^(Send again|Not now)$/u }))).toEqual([])
    await email.getByRole('button', { name: 'Send the link again' }).tap()
    await email.getByText(`A link is on its way to ${person.email}.`).waitFor()
    await expect.poll(() => linksTo(app(), person.email, 'confirm-email').length).toBe(2)

    const notice = page.getByRole('region', { name: 'Your e-mail address' })
    await notice.getByRole('button', { name: 'Send again' }).tap()
    await notice.getByText(`A link is on its way to ${person.email}.`).waitFor()
    await expect.poll(() => linksTo(app(), person.email, 'confirm-email').length).toBe(3)
    await email.getByRole('button', { name: 'Send the link again' }).tap()
    await email.getByText('That was three mails in a quarter of an hour').waitFor()
  })

  test('is not said to be missing any more once it is confirmed elsewhere', async ({ open, watch }) => {
    watch.expect(/409/u)
    const person = await app().signUp()
    const page = await open({ person, baseURL: app().url, at: 'about:blank' })
    await goLive(page, '/settings')
    const email = page.getByRole('list', { name: 'Channels' }).getByRole('listitem', { name: 'E-mail' })
    await email.getByRole('button', { name: 'Test E-mail' }).click()
    const refusal = email.getByText(/^Not sent:/u).first()
    await refusal.waitFor()
    const other = await open({ baseURL: app().url, at: await mailedLink(app(), person.email, 'confirm-email') })
    await other.getByRole('button', { name: 'Confirm my address' }).click()
    await gone(refusal)
  })

  test('is not asked for again in a tab where that was put off', async ({ open }) => {
    const page = await open({ person: await app().signUp(), baseURL: app().url })
    const notice = page.getByRole('region', { name: 'Your e-mail address' })
    await notice.getByRole('button', { name: 'Not now' }).press('Enter')
    await gone(notice)
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.reload()
    await page.getByText('Nothing is due today').waitFor()
    expect(await notice.count()).toBe(0)
    const other = await page.context().newPage()
    await other.goto('/today')
    await other.getByRole('region', { name: 'Your e-mail address' }).waitFor()
  })

  test('is told of a link that ran out or was cut off, and how to get another one', async ({ open, watch }) => {
    watch.expect(/401/u)
    const page = await open({ person: await app().signUp(), baseURL: app().url, at: '/confirm-email#token=cut' })
    const confirm = page.getByRole('button', { name: 'Confirm my address' })
    await confirm.click()
    await page.getByText('It may have been cut off on its way').waitFor()
    await expectAccessible(page, 'broken link')
    await intercept(page, '**/verify-email*', (route) =>
      route.fulfill({ status: 401, json: { code: 'TOKEN_EXPIRED' } }),
    )
    await page.goto('about:blank')
    await page.goto(`${app().url}/confirm-email#token=old`)
    await confirm.click()
    await page.getByText('It is older than three days.').waitFor()
    await page.getByRole('link', { name: 'settings' }).click()
    await page.getByText('Mails begin when you follow the link').waitFor()
  })
})
