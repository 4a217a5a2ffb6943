import { describe, expect, inject } from 'vitest'
import { day } from '../acceptance/support/days.ts'
import { row } from './support/screen.ts'
import { PHONE, test } from './support/story.ts'

describe('the first load', () => {
  test('takes a handful of scripts, compressed well and kept for good', async ({ open, person }) => {
    const page = await open({ person, at: 'about:blank' })
    const scripts: string[] = []
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
    await page.goto('/today')
    await page.getByText('Nothing is due today').waitFor()
    const first = scripts.filter((url) => /\/(?:index|dashboard)-/u.test(url))
    expect(first.length).toBeGreaterThan(1)
    // What the empty view and the words of rules need comes beside them.
    expect(scripts.length).toBeLessThan(20)
    for (const url of first) {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'br' } })
      expect(headers.get('content-encoding')).toBe('br')
      expect(headers.get('cache-control')).toContain('immutable')
    }
    const page404 = await fetch(`${inject('appUrl')}/assets/gone-0000.js`, { headers: { 'accept-encoding': 'br' } })
    expect(page404.status).toBe(404)
  })

  test('moves nothing that was there already', async ({ open, person }) => {
    for (const [index, rule] of ['FREQ=DAILY', 'FREQ=YEARLY', 'FREQ=WEEKLY;BYDAY=MO,TU,WE'].entries()) {
      await person.createTask({
        title: `Routine number ${index} with a title that fills its line`,
        due: { date: day(1), time: '09:00' },
        tags: ['routine', 'home'],
        recurrence: { rule, anchor: 'due' },
      })
    }
    const page = await open({ person, at: 'about:blank', ...PHONE })
    await page.addInitScript(`
      window.shift = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
      }).observe({ type: 'layout-shift', buffered: true })
    `)
    // However late the words of the rules come.
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/assets/describe-recurrence-*.js', async (route) => {
      await isReleased
      await route.continue()
    })
    await Promise.all([page.waitForResponse('**/api/v1/tasks?*'), page.goto('/upcoming')])
    await page.getByText('3 open tasks').waitFor()
    await page.getByRole('status', { name: 'Loading tasks' }).waitFor()
    release()
    await Promise.all([
      page.waitForResponse(/command-palette.*\.js$/u),
      row(page, 'Routine number 0 with a title that fills its line').waitFor(),
    ])
    const line = row(page, 'Routine number 0 with a title that fills its line')
    await line.getByText('Repeats: Every day').waitFor({ state: 'attached' })
    // Google's limit for a good page is 0.1.
    const shift = await page.evaluate<number>('window.shift')
    console.log(`layout shift on a phone: ${shift}`)
    expect(shift).toBeLessThan(0.02)
  })
})
