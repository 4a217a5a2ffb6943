import { expect, test } from 'vitest'
import { confirmEmail } from '../src/mail-notice.ts'

test.each([
  ['https://todo.example.org', 'smtp://mail', 'required'],
  ['https://todo.example.org', '', 'off'],
  ['https://todo.example.org', undefined, 'off'],
  ['http://localhost:3000', 'smtp://mail', 'off'],
])('at %s with mails by %s it is by itself %s that addresses are confirmed', (url, SMTP_URL, expected) => {
  expect(confirmEmail(url, { SMTP_URL })).toBe(expected)
})
