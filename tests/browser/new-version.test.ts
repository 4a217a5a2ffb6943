// @module-tag slow
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Person } from '../acceptance/support/person.ts'
import { intercept } from './support/intercept.ts'
import { gone } from './support/screen.ts'
import { test } from './support/story.ts'
import type { WindowOptions } from './support/story.ts'

const HELP = '**/assets/keyboard-help-*.js'
const SETTINGS = '**/assets/settings-screen-*.js'

describe('a part of the app that cannot be fetched', () => {
  test('says so, and is there after Try again', async ({ open, person, watch }) => {
    watch.expect(/ERR_FAILED/u)
    const page = await openBusy(open, person)
    await intercept(page, HELP, (route) => route.abort())
    await page.keyboard.press('?')
    const notice = page.getByText('This part of the app could not be loaded.')
    await notice.waitFor()
    await page.unroute(HELP)
    await page.getByRole('button', { name: 'Try again' }).click()
    await gone(notice)
    await settled(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  })

  test('says so when the server does not answer at all', async ({ open, person, watch }) => {
    watch.expect(/ERR_FAILED/u)
    const page = await openBusy(open, person)
    await intercept(page, HELP, (route) => route.abort())
    await intercept(page, '**/', () => new Promise(() => {}))
    await page.keyboard.press('?')
    await page.getByText('This part of the app could not be loaded.').waitFor()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('says so in the place of a whole page, and the frame stays', async ({ open, person, watch }) => {
    watch.expect(/ERR_FAILED/u)
    const page = await openBusy(open, person)
    await intercept(page, SETTINGS, (route) => route.abort())
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor()
    await page.getByRole('link', { name: 'Inbox' }).waitFor()
    await page.unroute(SETTINGS)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  })

  test('that is gone with its version loads the page anew, once', async ({ open, person, watch }) => {
    watch.expect(/404/u)
    const page = await openBusy(open, person)
    await intercept(page, HELP, (route) => route.fulfill({ status: 404 }))
    await intercept(page, '**/', async (route) => {
      const response = await route.fetch()
      await route.fulfill({
        response,
        body: (await response.text()).replaceAll(/\/index-[^"]+\.js/gu, '/index-new.js'),
      })
    })
    let loads = 0
    page.on('domcontentloaded', () => (loads += 1))
    await page.keyboard.press('?')
    await expect.poll(() => loads).toBe(1)

    await settled(page)
    await page.keyboard.press('?')
    await page.getByText('This part of the app could not be loaded.').waitFor()
    expect(loads).toBe(1)
  })
})

/** Opened on a machine that never has a moment to fetch beforehand what a click may need. */
async function openBusy(open: (options: WindowOptions) => Promise<Page>, person: Person): Promise<Page> {
  const page = await open({ person, at: 'about:blank' })
  await page.addInitScript('window.requestIdleCallback = () => 0')
  await page.goto('/today')
  await settled(page)
  return page
}

async function settled(page: Page): Promise<void> {
  await page.getByText('Nothing is due today').waitFor()
}
