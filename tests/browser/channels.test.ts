// @module-tag slow
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { NtfyServer } from '@todo/platform/testing/ntfy-server'
import { WebhookReceiver } from '@todo/platform/testing/webhook-receiver'
import { expectAccessible } from './support/axe.ts'
import { intercept } from './support/intercept.ts'
import { choose, gone, goLive, toast } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'
import type { WindowOptions } from './support/story.ts'

const hooks = new WebhookReceiver()
const ntfy = new NtfyServer()
beforeAll(async () => {
  await hooks.start()
  await ntfy.start()
})
afterAll(async () => {
  await hooks.stop()
  await ntfy.stop()
})

const channel = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Channels' }).getByRole('listitem', { name, exact: true })

/** How far something reaches over its own edge. */
const SIDEWAYS = '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)'

const at = new Date().toISOString()
const EVERY_STATE = {
  pushKey: 'BAAA',
  items: [
    { id: 'in-app', kind: 'in-app', name: 'In the app', place: null, lastTry: null },
    { id: 'email', kind: 'email', name: 'ada@example.org', place: null, lastTry: { at, error: null } },
    { id: '1', kind: 'web-push', name: 'Chrome on Linux', place: 'push.test', lastTry: { at, error: 'answered 401' } },
    {
      id: '2',
      kind: 'webhook',
      name: 'Shelf',
      place: 'hooks.test',
      isOn: false,
      offReason: 'It is gone',
      lastTry: null,
    },
    { id: '3', kind: 'ntfy', name: 'ada-42', place: 'ntfy.test/ada-42', isOn: false, lastTry: null },
  ].map((channel) => ({ isOn: true, offReason: null, ...channel })),
}

/** Adds a webhook whose program checks signatures. Answers its path. */
async function addWebhook(page: Page, name: string): Promise<string> {
  const path = `/${crypto.randomUUID()}`
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
  await dialog.getByLabel('Address').fill(`${hooks.url}${path}`)
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const made = page.getByRole('dialog', { name: 'The webhook is there' })
  hooks.expect(path, await made.getByLabel('Signing secret').inputValue())
  await made.getByRole('button', { name: 'Done' }).click()
  await gone(made)
  return path
}

describe('channels in the settings', () => {
  test('the app and e-mail are there from the first, and a test of each shows what became of it by itself', async ({
    page,
  }) => {
    await goLive(page, '/settings')
    await channel(page, 'In the app').getByText('Nothing sent yet').waitFor()
    await page.getByRole('button', { name: 'Test In the app' }).click()
    await channel(page, 'In the app')
      .getByText(/^Arrived/u)
      .waitFor()
    await page.locator('[data-sonner-toast]').first().waitFor()
    await page.getByRole('button', { name: 'Test E-mail' }).click()
    await channel(page, 'E-mail')
      .getByText(/^Arrived/u)
      .waitFor()
    expect(await channel(page, 'In the app').getByRole('switch').count()).toBe(0)
  })

  test('a webhook is told its secret once, and its test arrives with a signature', async ({ page, person }) => {
    await goLive(page, '/settings')
    const path = await addWebhook(page, 'Home')
    await channel(page, 'Home')
      .getByText(`Webhook · ${new URL(hooks.url).host}`)
      .waitFor()
    await page.getByRole('button', { name: 'Test Home' }).click()
    await channel(page, 'Home')
      .getByText(/^Arrived/u)
      .waitFor()
    expect(hooks.at(path).map(({ body }) => body.type)).toEqual(['test'])
    expect(JSON.stringify(await person.ok('GET', '/channels'))).not.toContain('whsec_')
    await page.reload()
    await channel(page, 'Home')
      .getByText(/^Arrived/u)
      .waitFor()
  })

  test('a secret that cannot be copied is selected, to be copied by hand', async ({ page }) => {
    await page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`)
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
    await dialog.getByLabel('Address').fill(`${hooks.url}/${crypto.randomUUID()}`)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Copy' }).click()
    await toast(page, 'The secret was not copied').waitFor()
    const secret = await page.getByLabel('Signing secret').inputValue()
    const selected = '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))'
    expect(await page.evaluate(`${selected}(document.activeElement)`)).toBe(secret)
  })

  test('what an endpoint refuses is told in words, and the next test is a new one', async ({ page }) => {
    await goLive(page, '/settings')
    hooks.setFate(await addWebhook(page, 'Picky'), { status: 401 }, 'taken')
    await page.getByRole('button', { name: 'Test Picky' }).click()
    await channel(page, 'Picky')
      .getByText(/^Failed .*401/u)
      .waitFor()
    await page.getByRole('button', { name: 'Test Picky' }).click()
    await channel(page, 'Picky')
      .getByText(/^Arrived/u)
      .waitFor()
  })

  test('one that is gone goes off, says why here and in the notification centre, which leads to its switch', async ({
    page,
  }) => {
    await goLive(page, '/settings')
    hooks.setFate(await addWebhook(page, 'Old laptop'), { status: 410 }, 'taken')
    await page.getByRole('button', { name: 'Test Old laptop' }).click()
    await channel(page, 'Old laptop')
      .getByText(/^Switched off by itself: /u)
      .waitFor()
    expect(await channel(page, 'Old laptop').getByRole('switch').isChecked()).toBe(false)
    expect(await page.getByRole('button', { name: 'Test Old laptop' }).isDisabled()).toBe(true)

    await page.getByRole('link', { name: /^Inbox/u }).click()
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).click()
    await page
      .getByRole('dialog', { name: 'Notifications' })
      .getByRole('button', { name: /Old laptop/u })
      .click()
    await page.waitForURL(/settings#channels$/u)
    await channel(page, 'Old laptop').getByRole('switch').click()
    await gone(channel(page, 'Old laptop').getByText(/^Switched off by itself/u))
    await page.getByRole('button', { name: 'Test Old laptop' }).click()
    await channel(page, 'Old laptop')
      .getByText(/^Arrived/u)
      .waitFor()
  })

  test('an ntfy topic is published to; what is wrong with an address stands beside its field', async ({
    page,
    watch,
  }) => {
    watch.expect(/400/u)
    ntfy.tokens.set('ada-42', 'tk_secret')
    await goLive(page, '/settings')
    await page.getByRole('button', { name: 'Add ntfy' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add ntfy' })
    await dialog.getByLabel('Topic').fill('not a topic')
    await dialog.getByLabel('Server').fill(ntfy.url)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await dialog.getByText(/must be a topic of ntfy/u).waitFor()
    await dialog.getByLabel('Topic').fill('ada-42')
    await dialog.getByLabel('Access token').fill('tk_secret')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await gone(dialog)
    await page.getByRole('button', { name: 'Test ada-42' }).click()
    await channel(page, 'ada-42')
      .getByText(/^Arrived/u)
      .waitFor()
    expect(ntfy.of('ada-42')).toHaveLength(1)
  })

  test('e-mail is switched off and on, an endpoint is renamed, and removed after it asked', async ({
    page,
    person,
  }) => {
    await page.goto('/settings')
    const email = channel(page, 'E-mail').getByRole('switch', { name: 'E-mail' })
    await email.click()
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ emailReminders: false })
    await email.click()
    await expect.poll(() => person.ok('GET', '/me')).toMatchObject({ emailReminders: true })

    await addWebhook(page, 'Shed')
    const long = 'Gartenlaube'.repeat(9)
    await page.getByRole('button', { name: 'More about Shed' }).click()
    await choose(page, 'Rename')
    await page.getByRole('dialog').getByLabel('Name').fill(long)
    await page.keyboard.press('Enter')
    await channel(page, long).waitFor()
    await page.getByRole('button', { name: `More about ${long}` }).click()
    await choose(page, 'Remove')
    const dialog = page.getByRole('dialog', { name: `Remove “${long}”?` })
    expect(await page.evaluate(`${SIDEWAYS}(document.querySelector('[role=dialog]'))`)).toBe(0)
    await dialog.getByText('its signing secret is forgotten').waitFor()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await gone(channel(page, long))
    await expect.poll(async () => (await person.ok('GET', '/channels')).items).toHaveLength(2)
  })

  test.for<[string, WindowOptions]>([
    ['on a wide screen', {}],
    ['on a phone', PHONE],
  ])('axe finds nothing in any state of a channel, nor in the forms, %s', async ([, size], { open, person }) => {
    const page = await open({ person, ...size })
    await page.route('**/api/v1/channels', (route) => route.fulfill({ json: EVERY_STATE }))
    await person.ok('PATCH', '/me', { quietHours: { from: '22:00', to: '07:00' }, digestAt: '07:00' })
    await page.goto('/settings')
    await channel(page, 'Shelf').waitFor()
    await expectAccessible(page, 'settings')
    for (const form of ['Add a webhook', 'Add ntfy']) {
      await page.getByRole('button', { name: form }).click()
      await page.getByRole('dialog', { name: form }).waitFor()
      await expectAccessible(page, form, '[role=dialog]')
      await page.keyboard.press('Escape')
    }
  })

  test('what is added elsewhere shows by itself, and what the server refuses is put back', async ({
    page,
    person,
    watch,
  }) => {
    watch.expect(/503/u)
    await goLive(page, '/settings')
    await channel(page, 'E-mail').waitFor()
    await person.ok('POST', '/channels', { kind: 'webhook', name: 'Elsewhere', url: hooks.url })
    const elsewhere = channel(page, 'Elsewhere').getByRole('switch')
    await intercept(page, '**/api/v1/channels/*', (route) => route.fulfill({ status: 503, json: { title: 'Away.' } }))
    await elsewhere.click()
    await toast(page, 'The channel was not changed').waitFor()
    expect(await elsewhere.isChecked()).toBe(true)
  })
})
