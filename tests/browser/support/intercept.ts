import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const PROBE = '/livez'

/**
 * `page.route`, and in force when it resolves. By itself it resolves when the browser knows of it, and the page may learn
 * of it later: what it asked for until then passed by.
 */
export async function intercept(page: Page, ...[url, handler, options]: Parameters<Page['route']>): Promise<void> {
  let isInForce = false
  const pattern = `**${PROBE}`
  await page.route(url, handler, options)
  await page.route(pattern, (route) => {
    isInForce = true
    return route.fulfill({ status: 204 })
  })
  const ask = async () => {
    await page.evaluate(`fetch('${PROBE}').then(() => undefined)`)
    return isInForce
  }
  await expect.poll(ask).toBe(true)
  await page.unroute(pattern)
}
