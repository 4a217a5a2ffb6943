// @module-tag slow
import { describe, expect, inject } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import type { Person } from '../acceptance/support/person.ts'
import { boxOf, gone, row } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

describe('the first load', () => {
  test('takes a handful of scripts, compressed well and kept for good', async ({ open, person }) => {
    const page = await open({ person, isNew: true, at: 'about:blank' })
    const scripts: string[] = []
    let isLoading = true
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/tasks?state=completed')) isLoading = false
      if (isLoading && request.resourceType() === 'script') scripts.push(request.url())
    })
    await page.goto('/today')
    await page.getByText('Nothing is due today').waitFor()
    const first = scripts.filter((url) => /\/(?:index|dashboard)-/u.test(url))
    expect(first.length).toBeGreaterThan(1)
    // Until the screen asked for its tasks itself.
    console.log(`scripts of the first load: ${scripts.length}`)
    expect(scripts.length).toBeLessThan(10)
    for (const url of first) {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'br' } })
      expect(headers.get('content-encoding')).toBe('br')
      expect(headers.get('cache-control')).toContain('immutable')
    }
    const document = await fetch(`${inject('appUrl')}/today`, { headers: { 'accept-encoding': 'br' } })
    expect(document.headers.get('content-encoding')).toBe('br')
    const page404 = await fetch(`${inject('appUrl')}/assets/gone-0000.js`, { headers: { 'accept-encoding': 'br' } })
    expect(page404.status).toBe(404)
  })

  test('asks who it is and what is due today before any script of ours has come, and only once', async ({
    open,
    person,
  }) => {
    const page = await open({ person, isNew: true, at: 'about:blank' })
    const asked: string[] = []
    page.on('request', (request) => {
      const [, what] = request.url().split('/api/v1/')
      if (what && !asked.includes('stream')) asked.push(what)
    })
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/index-*.js', async (route) => {
      await isReleased
      await route.continue()
    })
    await page.goto('/today', { waitUntil: 'commit' })
    const early = [/^me$/u, /^tasks\?state=open/u, /^overview\?/u]
    const isAsked = (what: RegExp) => asked.some((one) => what.test(one))
    await expect.poll(() => early.every(isAsked)).toBe(true)
    release()
    await page.getByText('Nothing is due today').waitFor()
    await expect.poll(() => asked.includes('stream')).toBe(true)
    for (const what of early) expect(asked.filter((one) => what.test(one))).toHaveLength(1)
  })

  test('shows the frame of the app before any script of ours has come, and none where there is none', async ({
    open,
    person,
  }) => {
    const page = await open({ person, isNew: true, at: 'about:blank' })
    await page.route('**/assets/index-*.js', () => {})
    await page.goto('/today', { waitUntil: 'commit' })
    await page.getByRole('status', { name: 'Loading tasks' }).waitFor()
    await page.goto('/sign-in', { waitUntil: 'commit' })
    await page.locator('#skeleton').waitFor({ state: 'attached' })
    await expect.poll(() => page.locator('#skeleton').isVisible()).toBe(false)
  })

  test('shows the settings’ own frame on the way to them, from wherever one comes', async ({ open, person }) => {
    const page = await open({ person, isNew: true, at: 'about:blank' })
    const frame = page.getByRole('status', { name: 'Loading the settings' })
    await page.route('**/assets/index-*.js', () => {})
    await page.goto('/settings', { waitUntil: 'commit' })
    const { x, y } = await boxOf(frame.getByText('Settings'))
    expect(await page.getByRole('status', { name: 'Loading tasks' }).isVisible()).toBe(false)

    await page.unroute('**/assets/index-*.js')
    await page.goto('/today')
    await page.getByText('Nothing is due today').waitFor()
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/settings-screen-*.js', async (route) => {
      await isReleased
      await route.continue()
    })
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    const { width, height } = await boxOf(frame.getByText('Settings'))
    release()
    expect(await boxOf(page.getByRole('heading', { name: 'Settings', level: 1 }))).toEqual({ x, y, width, height })
    await gone(frame)
  })
})

describe.each([
  ['phone', PHONE],
  ['desktop', {}],
] as const)('the first load on a %s', (device, size) => {
  test('moves nothing that was there already', async ({ open, person }) => {
    await fill(person)
    const page = await open({ person, isNew: true, at: 'about:blank', ...size })
    await page.addInitScript(WATCH_SHIFTS)
    // However late the words of the rules and the names of the lists come.
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route(/describe-recurrence-|\/overview\?/u, async (route) => {
      await isReleased
      await route.continue()
    })
    await Promise.all([page.waitForResponse('**/api/v1/tasks?*'), page.goto('/upcoming')])
    await page.getByRole('status', { name: 'Loading tasks' }).waitFor()
    // A font that comes after the text is another matter: its stand-in is as wide only where there is Arial or Roboto.
    await page.evaluate('document.fonts.ready')
    release()
    const line = row(page, 'Routine number 0 with a title that fills its line')
    await Promise.all([page.waitForResponse(/command-palette.*\.js$/u), line.waitFor()])
    await line.getByRole('button', { name: 'Repeats: Every day' }).waitFor()
    const shifts = await page.evaluate<Shift[]>('window.shifts')
    const sum = shifts.reduce((total, { value }) => total + value, 0)
    console.log(`layout shift on a ${device}: ${sum}`)
    // Google's limit for a good page is 0.1.
    expect(sum, JSON.stringify(shifts)).toBeLessThan(0.001)
  })
})

interface Shift {
  value: number
  what: string[]
}

const WATCH_SHIFTS = `
  window.shifts = []
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      const what = sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? '').slice(0, 80))
      if (!hadRecentInput) window.shifts.push({ value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })`

/** Recurring tasks in a list, with tags, and a sidebar of more lists than the skeleton has. */
async function fill(person: Person): Promise<void> {
  const { id: listId } = await person.ok('POST', '/lists', { name: 'House and garden', color: 'green' })
  for (const name of ['Work', 'Health', 'Trip', 'Books']) await person.ok('POST', '/lists', { name, color: 'blue' })
  await person.ok('POST', '/filters', { name: 'High', query: 'priority=high' })
  for (const [index, rule] of ['FREQ=DAILY', 'FREQ=YEARLY', 'FREQ=WEEKLY;BYDAY=MO,TU,WE'].entries()) {
    await person.createTask({
      title: `Routine number ${index} with a title that fills its line`,
      listId,
      due: { date: day(1), time: '09:00' },
      tags: ['routine', 'home'],
      recurrence: { rule, anchor: 'due' },
    })
  }
}
