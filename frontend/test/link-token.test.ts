import { expect, test } from 'vitest'
import { tokenIn } from '../src/features/auth/link-token.ts'

test('the token of a link is found whatever stands beside it, and is empty where it was cut off', () => {
  expect(tokenIn('token=abc.d-e_f')).toBe('abc.d-e_f')
  expect(tokenIn('from=mail&token=abc')).toBe('abc')
  for (const cut of ['', 'token', 'token=', 'tok']) expect(tokenIn(cut)).toBe('')
})
