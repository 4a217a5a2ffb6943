import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { PASSWORD } from '../acceptance/support/person.ts'
import { expectAccessible } from './support/axe.ts'
import { confirmingApp } from './support/confirming-app.ts'
import { fits } from './support/fits.ts'
import { tooSmall } from './support/hit-area.ts'
import { mailedLink } from './support/mailed-links.ts'
import { gone, goLive, toast } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

const section = (page: Page) => page.getByRole('region', { name: 'E-mail address', exact: true })

async function ask(page: Page, address: string, password = PASSWORD): Promise<void> {
  await section(page).getByLabel('New e-mail address').fill(address)
  await section(page).getByLabel('Your password', { exact: true }).fill(password)
  await section(page).getByRole('button', { name: 'Change address' }).click()
}

test('the address is changed in the settings, with the password, and is the one to sign in with', async ({
  page,
  person,
  open,
  watch,
}) => {
  watch.expect(/4(00|22)/u)
  const other = await open({ at: 'about:blank', person })
  await goLive(other, '/settings')
  await page.goto('/settings')
  await ask(page, person.email)
  await page.getByText('This is your address already.').waitFor()
  await ask(page, 'ada')
  await page.getByText('Write it as in ada@example.org.').waitFor()
  const moved = `moved-${person.email}`
  await ask(page, moved, 'not the password')
  await page.getByText('The password is wrong.').waitFor()
  await expectAccessible(page, 'a refused address')
  await ask(page, moved)
  await toast(page, 'Address changed').waitFor()
  await section(page).getByText(`Your address is ${moved}.`).waitFor()
  await section(other).getByText(`Your address is ${moved}.`).waitFor()
  expect(await section(page).getByLabel('Your password', { exact: true }).inputValue()).toBe('')
})

describe('where addresses are confirmed', { tags: ['slow'] }, () => {
  const app = confirmingApp()

  test('another address is the account’s once its link is followed by who is signed in', async ({ open, watch }) => {
    watch.expect(/401/u)
    const person = await app().signUp()
    const page = await open({ person, baseURL: app().url, at: 'about:blank', ...PHONE })
    await goLive(page)
    const mistyped = page.getByRole('link', { name: 'Wrong address?' })
    expect(await tooSmall(mistyped)).toEqual([])
    await fits(page)
    await mistyped.tap()
    await expect.poll(async () => (await section(page).boundingBox())?.y).toBeLessThan(300)
    const moved = `moved-${person.email}`
    await ask(page, moved)
    await page.getByText(`A link is on its way to ${moved}.`).waitFor()
    await fits(page)
    await section(page).getByText(`Your address is ${person.email}.`).waitFor()

    await page.reload()
    await page.getByText(`A link is on its way to ${moved}.`).waitFor()
    await page.getByText(`We sent a link to ${moved}: follow it`).waitFor()

    const link = await mailedLink(app(), moved, 'confirm-email')
    const elsewhere = await open({ baseURL: app().url, at: link })
    await elsewhere.getByRole('heading', { name: 'Sign in first' }).waitFor()
    await expectAccessible(elsewhere, 'sign in first')
    await elsewhere.getByRole('link', { name: 'Sign in' }).click()
    await elsewhere.getByLabel('E-mail').fill(person.email)
    await elsewhere.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await elsewhere.getByRole('button', { name: 'Sign in' }).click()
    await elsewhere.getByText(`You would sign in with ${moved}, and mails go there.`).waitFor()
    await expectAccessible(elsewhere, 'another address')
    expect(await person.ok('GET', '/me')).toMatchObject({ email: person.email })
    await elsewhere.getByRole('button', { name: 'Change my address' }).click()
    await elsewhere.getByText(`You sign in with ${moved} from now on`).waitFor()
    await section(page).getByText(`Your address is ${moved}.`).waitFor()
    await gone(page.getByText('A link is on its way'))
    await gone(page.getByRole('link', { name: 'Wrong address?' }))
    expect(await person.ok('GET', '/me')).toMatchObject({ email: moved, emailConfirmed: true })
    await elsewhere.goto('about:blank')
    await elsewhere.goto(link)
    await elsewhere.getByText('It was used, has run out, or is of another account').waitFor()
    await expectAccessible(elsewhere, 'a link that was used')
    await elsewhere.getByRole('link', { name: 'settings' }).click()
    await section(elsewhere).waitFor()
  })
})
