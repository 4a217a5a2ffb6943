import { describe, expect } from 'vitest'
import { PASSWORD } from '../acceptance/support/person.ts'
import { intercept } from './support/intercept.ts'
import { addTask, boxOf, gone, newTask, row, toast } from './support/screen.ts'
import { newPerson, test } from './support/story.ts'

describe('accounts', () => {
  test('a new person signs up, lands in Today, and every empty place teaches', async ({ open }) => {
    const page = await open({ at: '/' })
    await page.getByText('Good to see you.').waitFor()
    expect(await page.getByText('Your session has ended').count()).toBe(0)
    await page.getByRole('link', { name: 'Make an account' }).click()
    await page.getByLabel('Name').fill('Grace')
    await page.getByLabel('E-mail').fill(`grace-${process.pid}-${Date.now()}@example.org`)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Make account' }).click()
    await page.getByText('It needs at least 8 characters.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Make account' }).click()

    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await page.getByText('Nothing is due today').waitFor()
    for (const [place, lesson] of [
      ['Inbox', 'Your Inbox is clear'],
      ['Upcoming', 'Nothing is planned'],
      ['All tasks', 'No open tasks'],
      ['Bin', 'The bin is empty'],
    ] as const) {
      await page.getByRole('link', { name: place }).click()
      await page.getByText(lesson).waitFor()
    }
    await page.getByText('Make lists for the parts of your life').waitFor()
  })

  test('who signs out leaves nothing behind, and finds everything after signing in', async ({
    page,
    person,
    watch,
  }) => {
    // To what was asked for just before.
    watch.expect(/401/u)
    await addTask(page, 'Water the plants')
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)

    await page.goto('/today')
    await page.waitForURL(/sign-in/u)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await row(page, 'Water the plants').waitFor()
  })

  test('a wrong password is told without saying which part was wrong', async ({ open, person, watch }) => {
    watch.expect(/401/u)
    const page = await open({ at: '/sign-in' })
    const tell = async (email: string) => {
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password', { exact: true }).fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor()
    }
    await tell(person.email)
    await tell('nobody@example.org')
    expect(await page.getByLabel('E-mail').inputValue()).toBe('nobody@example.org')
  })

  test('every field that is wrong says what would be right, and nothing jumps', async ({ open }) => {
    const page = await open({ at: '/sign-up' })
    const heading = page.getByRole('heading', { name: 'Make an account' })
    const { y } = await boxOf(heading)
    await page.getByLabel('E-mail').fill('ada')
    await page.getByRole('button', { name: 'Make account' }).click()
    await page.getByText('Enter a name').waitFor()
    await page.getByText('Write it as in ada@example.org.').waitFor()
    await page.getByText('It needs at least 8 characters.').waitFor()
    expect(await page.evaluate('document.activeElement?.labels?.[0]?.textContent')).toBe('Name')
    expect((await boxOf(heading)).y).toBe(y)
    await page.getByLabel('E-mail').fill('ada@example.org')
    await gone(page.getByText('Write it as in ada@example.org.'))
  })

  test('an address that is taken says so', async ({ open, person, watch }) => {
    watch.expect(/422/u)
    const page = await open({ at: '/sign-up' })
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Make account' }).click()
    await page.getByRole('alert').getByText('There is an account with this e-mail address already.').waitFor()
  })

  test('where no new accounts are made, nobody is asked to make one', async ({ open }) => {
    const page = await open({ at: '/sign-in' })
    await intercept(page, '**/api/auth/sign-up', (route) => route.fulfill({ json: { isOpen: false } }))
    await page.goto('/sign-up')
    await page.getByRole('heading', { name: 'No new accounts here' }).waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByText('Good to see you.').waitFor()
    expect(await page.getByText('New here?').count()).toBe(0)
  })

  test('a session that ended leads to the sign-in, and from there back to where one was', async ({
    page,
    person,
    watch,
  }) => {
    watch.expect(/401/u)
    await Promise.all([page.waitForResponse(/\/notifications/u), page.goto('/all?priority=high')])
    await page.getByText('No task matches the filters').waitFor()
    await newTask(page).fill('Typed before')
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'Upcoming' }).press('Enter')
    await page.waitForURL(/sign-in\?next=/u)
    await page.getByText('Sign in, and you are back where you were.').waitFor()
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(/\/upcoming$/u)
    await page.getByText('Nothing is planned').waitFor()
    expect(await newTask(page).inputValue()).toBe('Typed before')
  })

  test(
    'a change that is refused since the session ended says so, and what was to be added is there again',
    { tags: ['slow'] },
    async ({ page, person, watch }) => {
      watch.expect(/401/u)
      const signIn = async () => {
        await page.getByText('Your session has ended. Sign in, and you are back where you were.').waitFor()
        await page.getByLabel('E-mail').fill(person.email)
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await row(page, 'Pay the rent').waitFor()
      }
      const told = 'Your session has ended. Sign in and do it again.'
      await addTask(page, 'Pay the rent')
      // Only to what is changed: something that is fetched just then may end the session on the screen before.
      await intercept(page, /\/api\/v1\/tasks/u, (route) =>
        route.request().method() === 'POST'
          ? route.fulfill({ status: 401, json: { detail: 'There is no valid session: sign in at /api.' } })
          : route.fallback(),
      )
      await row(page, 'Pay the rent').getByRole('checkbox').click()
      await toast(page, '“Pay the rent” could not be completed').getByText(told).waitFor()
      await signIn()

      await newTask(page).fill('Water the plants #home')
      await newTask(page).press('Enter')
      await toast(page, '“Water the plants” was not added').getByText(told).waitFor()
      await signIn()
      expect(await newTask(page).inputValue()).toBe('Water the plants #home')
    },
  )

  test('who signs out or in does so in every tab', { tags: ['slow'] }, async ({ page, person, watch }) => {
    watch.expect(/401/u)
    await newTask(page).fill('Nobody else’s business')
    const other = await page.context().newPage()
    await other.goto('/settings')
    await other.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await page.evaluate('sessionStorage.length')).toBe(0)

    // The settings, which have an e-mail address too, are gone.
    await other.getByRole('heading', { name: 'Sign in' }).waitFor()
    await other.getByLabel('E-mail').fill(person.email)
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Nothing is due today').waitFor()

    const stranger = await newPerson('Eve')
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(stranger.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('link', { name: 'Eve' }).waitFor()
  })

  test('nobody is sent elsewhere after signing in, whatever the address says', async ({ open, person }) => {
    const page = await open({ at: '/sign-in?next=//evil.example/today' })
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  })

  test('who deletes their account is asked for it by name, and is gone for good', async ({ open, watch }) => {
    watch.expect(/40[01]/u)
    const person = await newPerson('Linus')
    const page = await open({ person, at: '/settings' })
    await page.getByRole('button', { name: 'Delete account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
    const confirm = dialog.getByRole('button', { name: 'Delete for good' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Your e-mail address').fill(person.email)
    await dialog.getByLabel('Password', { exact: true }).fill('not the password')
    await confirm.click()
    await dialog.getByText('The password is wrong.').waitFor()
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await confirm.click()
    await gone(dialog)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect((await person.call('GET', '/tasks')).status).toBe(401)
    expect(
      (await person.call('POST', '/api/auth/sign-in/email', { email: person.email, password: PASSWORD })).status,
    ).toBe(401)
  })
})
