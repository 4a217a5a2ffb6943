import { expect, test } from 'vitest'
import { readable } from '../src/console-log.ts'

const time = '2026-11-23T14:03:12.000Z'
const clock = new Date(time).toTimeString().slice(0, 8)

test('a log line is readable on a terminal', () => {
  const entry = {
    level: 'warn',
    time,
    service: 'backend',
    name: 'backend',
    error: 'no luck',
    attempt: 2,
    msg: 'failed',
  }
  expect(readable(JSON.stringify(entry))).toBe(`${clock} warn  backend: failed (error: no luck, attempt: 2)\n`)
})

test('a mail that is not sent is shown in full', () => {
  const mail = { to: 'Ann <ann@example.org>', subject: 'Water the plants', text: 'Now.\n\nhttps://todo.example.org' }
  const entry = { level: 'info', time, service: 'notification', mail, msg: 'mail: not sent' }
  expect(readable(JSON.stringify(entry))).toBe(
    [
      `${clock} info  notification: mail: not sent`,
      '  | to: Ann <ann@example.org>',
      '  | subject: Water the plants',
      '  |',
      '  | Now.',
      '  |',
      '  | https://todo.example.org',
      '',
    ].join('\n'),
  )
})
