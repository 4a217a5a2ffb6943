import { expect, test } from 'vitest'
import { safeNext } from '../src/features/auth/safe-next.ts'

test('signing in leads back into the app and nowhere else', () => {
  expect(safeNext('/list/l1?task=t1')).toBe('/list/l1?task=t1')
  for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', undefined]) {
    expect(safeNext(evil)).toBe('/today')
  }
})
