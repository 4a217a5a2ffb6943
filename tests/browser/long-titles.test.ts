// @module-tag slow
import type { Locator } from 'playwright-core'
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { boxOf, gone, taskDialog } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

const TITLES = {
  'one word': 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(12).slice(0, 500),
  'many words': 'and then some more '.repeat(27).slice(0, 499).trim(),
}

const SIZES = { '360 px': PHONE, '1280 px': {} }

describe.each(Object.entries(SIZES))('a title as long as can be, at %s,', (_size, size) => {
  for (const [name, title] of Object.entries(TITLES)) {
    test(`of ${name}, is there as a whole, and all else within reach`, async ({ open, person }) => {
      const reminders = [{ kind: 'absolute', at: '2040-01-01T00:00:00Z' }]
      const task = await person.createTask({
        title,
        due: { date: day(1) },
        recurrence: { rule: 'FREQ=DAILY' },
        reminders,
      })
      const page = await open({ person, at: `/all?task=${task.id}`, ...size })
      const dialog = await taskDialog(page, title)
      expect(await page.evaluate(CUT_OFF)).toEqual([])

      const subtask = dialog.getByRole('textbox', { name: 'New subtask' })
      await subtask.click()
      const inSight = async (part: Locator) => {
        const [{ y, height }, frame] = [await boxOf(part), await boxOf(dialog)]
        return y >= frame.y && y + height <= frame.y + frame.height
      }
      expect(await inSight(subtask)).toBe(true)
      const tabs = dialog.getByRole('tab')
      const rows = new Set((await Promise.all((await tabs.all()).map(boxOf))).map(({ y }) => y))
      expect([await tabs.count(), rows.size]).toEqual([4, 1])
      expect(await inSight(tabs.first())).toBe(true)
      await dialog.getByRole('button', { name: 'Close' }).click()
      await gone(dialog)
    })
  }
})

/** What in the dialog scrolls sideways, and the fields that have more than they show. */
const CUT_OFF = `[...document.querySelectorAll('[role=dialog] *')]
  .filter((part) => getComputedStyle(part).overflow !== 'visible' && part.clientWidth > 1)
  .filter((part) => part.scrollWidth > part.clientWidth || (part.scrollHeight > part.clientHeight && part.ariaLabel))
  .map((part) => part.outerHTML.slice(0, 100))`
