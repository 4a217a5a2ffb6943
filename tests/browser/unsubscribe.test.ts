// @module-tag slow
import { describe, expect, inject } from 'vitest'
import { signText } from '@todo/platform/seal'
import type { Person } from '../acceptance/support/person.ts'
import { expectAccessible } from './support/axe.ts'
import { intercept } from './support/intercept.ts'
import { PHONE, test } from './support/story.ts'

/** What the links of a person's mails carry. */
async function tokenOf(person: Person, mails: 'reminders' | 'digest'): Promise<string> {
  const { id } = await person.ok('GET', '/me')
  return signText(`${mails}.${id}`, { secret: inject('appSecret'), purpose: 'unsubscribe' })
}

describe('the link of a mail that ends such mails', () => {
  test('asks once, ends them without a session, and says how to get them back', async ({ open, person }) => {
    const token = await tokenOf(person, 'reminders')
    const page = await open({ at: `/unsubscribe?token=${token}`, ...PHONE })
    const stop = page.getByRole('button', { name: 'Stop reminders by e-mail' })
    await stop.waitFor()
    expect(await person.ok('GET', '/me')).toMatchObject({ emailReminders: true })
    await expectAccessible(page, 'unsubscribe')
    await stop.click()
    await page.getByText('You are unsubscribed').waitFor()
    await page.getByText('No more reminders come by e-mail.').waitFor()
    expect(await person.ok('GET', '/me')).toMatchObject({ emailReminders: false })
    await expectAccessible(page, 'unsubscribed')
  })

  test('ends the digest and nothing else, and leads to the settings', async ({ open, person }) => {
    await person.ok('PATCH', '/me', { digestAt: '07:00' })
    const page = await open({ person, at: `/unsubscribe?token=${await tokenOf(person, 'digest')}` })
    await page.getByRole('button', { name: 'Stop the daily digest' }).click()
    await page.getByText('switch on Daily digest among the reminders').waitFor()
    expect(await person.ok('GET', '/me')).toMatchObject({ emailReminders: true, digestAt: null })
    await page.getByRole('link', { name: 'settings' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('is told to be broken where it is, before and after asking the server', async ({ open, person, watch }) => {
    watch.expect(/400/u)
    const page = await open({ at: '/unsubscribe?token=cut' })
    await page.getByText('This link does not work').waitFor()
    await page.goto(`/unsubscribe?token=${(await tokenOf(person, 'digest')).slice(0, -3)}`)
    await page.getByRole('button', { name: 'Stop the daily digest' }).click()
    await page.getByText('This link does not work').waitFor()
    await page.getByText('Copy all of it from the mail').waitFor()
  })

  test('goes wrong in words where the server is away, and can be tried again', async ({ open, person, watch }) => {
    watch.expect(/ERR_FAILED/u)
    const page = await open({ at: `/unsubscribe?token=${await tokenOf(person, 'reminders')}` })
    await intercept(page, '**/api/v1/unsubscribe*', (route) => route.abort(), { times: 1 })
    const stop = page.getByRole('button', { name: 'Stop reminders by e-mail' })
    await stop.click()
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
    await stop.click()
    await page.getByText('You are unsubscribed').waitFor()
  })
})
