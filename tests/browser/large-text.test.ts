// @module-tag slow
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { fits } from './support/fits.ts'
import { row, taskDialog } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

const SIZES = { '360 px': PHONE, '1280 px': {} }

describe.each(Object.entries(SIZES))('text twice as large, at %s,', (_size, size) => {
  test('has room for its lines, and stays on the screen', async ({ open, person }) => {
    const title = 'Prepare the review of the quarter with everyone'
    const task = await person.createTask({
      title,
      due: { date: day(1), time: '09:00' },
      tags: ['focus', 'team'],
      priority: 'high',
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=31,10' },
    })
    const page = await open({ person, at: 'about:blank', ...size })
    await page.addInitScript(ENLARGE)
    await page.goto('/upcoming')
    await row(page, title)
      .getByRole('button', { name: /^Repeats/u })
      .waitFor()
    await expectLegible(page)
    const [heading, text] = await page.evaluate<[number, number]>(SIZE_OF_HEADING_AND_TEXT)
    expect(heading).toBeGreaterThan(text)

    await page.goto(`/upcoming?task=${task.id}`)
    const dialog = await taskDialog(page, title)
    await dialog.getByRole('radio', { name: 'Months', exact: true }).waitFor()
    await expectLegible(page)
    expect(await page.evaluate(LABELS_UNDER_FIELDS)).toEqual([])
  })

  test('leaves the settings on the screen', async ({ open, person }) => {
    await person.ok('PATCH', '/me', { quietHours: { from: '22:00', to: '07:00' }, digestAt: '07:00' })
    await person.ok('POST', '/channels', { kind: 'webhook', name: 'W'.repeat(60), url: 'https://hooks.example.org/' })
    const page = await open({ person, at: 'about:blank', ...size })
    await page.addInitScript(ENLARGE)
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Test E-mail' }).waitFor()
    await expectLegible(page)
  })
})

async function expectLegible(page: Page): Promise<void> {
  await fits(page)
  expect(await page.evaluate<string[]>(CRAMPED), page.url()).toEqual([])
}

/** As people set it in their browser or on their phone: all that is in rem grows, and nothing else. */
const ENLARGE = `addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%' })`

const SIZE_OF_HEADING_AND_TEXT = `['h1', 'body'].map((name) => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))`

/** Text with lines that lie over each other, and parts of an open dialog that reach over the window's edge. */
const CRAMPED = `[...document.querySelectorAll('body *')]
  .filter((part) => part.checkVisibility() && [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .filter((part) => {
    const { lineHeight, fontSize } = getComputedStyle(part)
    const isBeyond = part.closest('[role=dialog]') && part.getBoundingClientRect().right > innerWidth
    return parseFloat(lineHeight) < parseFloat(fontSize) || isBeyond
  })
  .map((part) => part.outerHTML.slice(0, 160))`

/** The words before the fields of a dialog that do not fit where they stand. */
const LABELS_UNDER_FIELDS = `[...document.querySelectorAll('[role=dialog] [role=group] > span[aria-hidden]')]
  .filter((label) => label.scrollWidth > label.clientWidth)
  .map((label) => label.textContent)`
