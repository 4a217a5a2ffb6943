import { expect, test } from 'vitest'
import { occurrenceId } from '../src/occurrence-id.ts'

const series = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'

test('the id of an occurrence never changes: rows that exist were named with it', () => {
  expect(occurrenceId(series, '2026-12-01T09:00:00')).toBe('cec33a8d-2381-5f21-b6ca-e1f8ede92aac')
})

test('two ways to write one time make one id, two times and two series make two', () => {
  const id = occurrenceId(series, '2026-12-01T09:00:00')
  expect(occurrenceId(series.toUpperCase(), '2026-12-01T09:00')).toBe(id)
  const others = [
    occurrenceId(series, '2026-12-01'),
    occurrenceId(series, '2026-12-02T09:00:00'),
    occurrenceId('0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f7', '2026-12-01T09:00:00'),
  ]
  expect(new Set([id, ...others]).size).toBe(4)
})
