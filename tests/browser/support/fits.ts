import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Nothing reaches over the edge of the window, but what scrolls by itself. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate<string[]>(TOO_WIDE), page.url()).toEqual([])
}

const TOO_WIDE = `document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 160))`
