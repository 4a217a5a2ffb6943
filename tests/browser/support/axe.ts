import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/**
 * Expects axe to find nothing on a page, or `within` a part of it, in both themes. Every rule is tried in the theme
 * that the page has, those that depend on colour in the other one too, and the page stays in that.
 */
export async function expectAccessible(page: Page, where: string, within?: string): Promise<void> {
  const isDark = await page.evaluate<boolean>('document.documentElement.classList.contains("dark")')
  const [first, second] = isDark ? ['dark', 'light'] : ['light', 'dark']
  expect(await violations(page, within), `${where}, ${first}`).toEqual([])
  await page.evaluate(`document.documentElement.classList.toggle('dark')`)
  expect(await violations(page, within, COLOUR_RULES), `${where}, ${second}`).toEqual([])
}

/** Elements inside others begin to change when the outer ones have: three frames in which nothing moves are the end. */
const COLOURS_HAVE_ARRIVED = `(async () => {
  for (let calm = 0; calm < 3; ) {
    await new Promise(requestAnimationFrame)
    const isMoving = ({ effect, playState }) => playState === 'running' && effect.getTiming().iterations !== Infinity
    calm = document.getAnimations().some(isMoving) ? 0 : calm + 1
  }
})()`

async function violations(page: Page, within?: string, rules?: string[]): Promise<string[]> {
  await page.evaluate(COLOURS_HAVE_ARRIVED)
  // To bring axe into a page takes longer than to run it.
  const isThere = await page.evaluate<boolean>('"axe" in window')
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: '0' }) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false, iframes: false })
  if (within) axe.include(within)
  if (rules) axe.withRules(rules)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}
