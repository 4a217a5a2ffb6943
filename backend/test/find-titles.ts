import { expect } from 'vitest'
import type { Task } from '@todo/model/task'
import type { Client } from './harness.ts'

/** The titles that a search finds, the best match first. */
export async function findTitles(q: string, client: Client): Promise<string[]> {
  const { status, body } = await client.call('GET', `/tasks?q=${encodeURIComponent(q)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items.map(({ title }: Task) => title)
}
