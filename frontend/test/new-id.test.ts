import { expect, test } from 'vitest'
import { newId } from '../src/api/new-id.ts'

test('ids of this client are UUIDv7 and sort by the time of their making', () => {
  expect(newId(1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(newId(Date.parse('2026-01-01')) < newId(Date.parse('2026-01-02'))).toBe(true)
})
