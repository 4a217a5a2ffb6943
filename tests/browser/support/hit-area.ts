import type { Locator } from 'playwright-core'
import { boxOf } from './screen.ts'

interface HitArea {
  name: string
  left: number
  width: number
  height: number
}

/** Where a tap on a line through the middle of each of these meets it, in whole CSS pixels. Those in sight only. */
export async function hitAreas(targets: Locator): Promise<HitArea[]> {
  await boxOf(targets.first())
  const find = await targets.page().evaluateHandle<(elements: unknown) => HitArea[]>(HIT_AREAS)
  return targets.evaluateAll((elements, findIn) => findIn(elements), find)
}

/** What of these a finger has less room for. */
export async function tooSmall(targets: Locator, least = { width: 32, height: 40 }): Promise<string[]> {
  const areas = await hitAreas(targets)
  return areas
    .filter(({ width, height }) => width < least.width || height < least.height)
    .map(({ name, width, height }) => `${name}: ${width} × ${height}`)
}

const HIT_AREAS = `(elements) => elements.filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => {
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
  const box = element.getBoundingClientRect()
  const x = Math.floor(box.left + box.width / 2), y = Math.floor(box.top + box.height / 2)
  const isHit = (x, y) => element.contains(document.elementFromPoint(x + 0.5, y + 0.5))
  let left = x, right = x, top = y, bottom = y
  while (isHit(left - 1, y)) left--
  while (isHit(right, y)) right++
  while (isHit(x, top - 1)) top--
  while (isHit(x, bottom)) bottom++
  return { name: element.ariaLabel || element.textContent, left, width: right - left, height: bottom - top }
})`
