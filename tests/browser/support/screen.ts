import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The line of a task in the list. */
export function row(page: Page, title: string): Locator {
  return page
    .getByRole('list', { name: 'Tasks' })
    .getByRole('listitem')
    .filter({ has: rowTitle(page, title) })
}

/** The part of a row that opens the task. */
export function rowTitle(page: Page, title: string): Locator {
  return page.getByRole('button', { name: title, exact: true })
}

/** The titles on the list, top to bottom. */
export function titles(page: Page): Promise<string[]> {
  return page.locator('[data-row-title]').allTextContents()
}

export async function expectTitles(page: Page, expected: string[]): Promise<void> {
  await expect.poll(() => titles(page)).toEqual(expected)
}

export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('[data-sonner-toast]').filter({ hasText: text })
}

export function newTask(page: Page | Locator): Locator {
  return page.getByRole('textbox', { name: 'New task' })
}

/** Adds a task by the line above the list, and waits for it to be on the list and on the server. */
export async function addTask(page: Page, line: string, title: string = line): Promise<void> {
  await newTask(page).fill(line)
  const isKept = page.waitForResponse(
    (response) => response.url().endsWith('/api/v1/tasks') && response.request().method() === 'POST',
  )
  await newTask(page).press('Enter')
  await row(page, title).waitFor()
  await isKept
}

/** Opens a task from its row. */
export async function openTask(page: Page, title: string): Promise<Locator> {
  await rowTitle(page, title).click()
  return taskDialog(page, title)
}

/** The open dialog of a task: the same one after the task was renamed. */
export async function taskDialog(page: Page, title: string): Promise<Locator> {
  await page.getByRole('dialog', { name: `Edit task: ${title}` }).waitFor()
  return page.getByRole('dialog', { name: /^Edit task:/u })
}

export async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await gone(dialog)
}

/** Chooses from a menu or a list of choices that is open. */
export async function choose(page: Page, name: string | RegExp): Promise<void> {
  const choice = ['menuitem', 'menuitemcheckbox', 'option'] as const
  const [first, ...others] = choice.map((role) => page.getByRole(role, { name, exact: true }))
  await others.reduce((either, other) => either.or(other), first!).click()
}

/** Opens a place and waits for the window's line to the server. */
export async function goLive(page: Page, at = '/today'): Promise<void> {
  await Promise.all([page.waitForResponse('**/api/v1/stream'), page.goto(at)])
}

export async function gone(locator: Locator): Promise<void> {
  await locator.waitFor({ state: 'hidden' })
}

export const focusedName = (page: Page): Promise<string> =>
  page.evaluate<string>(
    '(document.activeElement?.getAttribute("aria-label") || document.activeElement?.textContent || "").trim()',
  )

/** The entry of a place in the sidebar, with its count. */
export function place(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}`, 'u') })
}

const AT_REST = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    .map(({ finished }) => finished),
).then(() => undefined)`

/** Where something is on the screen, in CSS pixels, once what moves has come to rest. */
export async function boxOf(locator: Locator) {
  await locator.waitFor()
  await locator.page().evaluate(AT_REST)
  return (await locator.boundingBox())!
}

/** What a day to choose from is called in British English, which is what people read here. */
export function dayName(date: string): RegExp {
  const name = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date))
  return new RegExp(`\\b${name}$`, 'u')
}
