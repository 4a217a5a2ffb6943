import { expect, test } from 'vitest'
import { processTable } from '../src/process-table.ts'
import { settingsOf } from '../src/services.ts'

const database = { DATABASE_URL: 'ours', DATABASE_POOLED_URL: 'pooled' }
const confidences = { ...database, AUTH_SECRET: 'a', STREAM_SECRET: 's', CHANNEL_SECRET: 'c' }

test('a service gets the secrets that it needs, and no other one', () => {
  expect(settingsOf('backend', {}, confidences)).toEqual(confidences)
  expect(settingsOf('audit', {}, confidences)).toEqual(database)
  expect(settingsOf('realtime', {}, confidences)).toEqual({ STREAM_SECRET: 's' })
  expect(settingsOf('notification', {}, confidences)).toEqual({ CHANNEL_SECRET: 'c' })
  expect(settingsOf('recurring-task', {}, confidences)).toEqual({})
})

test('what a person has set reaches all of them, unless it is a secret', () => {
  const given = {
    SMTP_URL: 'smtp://localhost',
    DATABASE_URL: 'theirs',
    DATABASE_POOLED_URL: 'theirs',
    AUTH_SECRET: 'theirs',
  }
  expect(settingsOf('notification', given, confidences)).toEqual({ SMTP_URL: 'smtp://localhost', CHANNEL_SECRET: 'c' })
  expect(settingsOf('audit', given, confidences)).toEqual({ SMTP_URL: 'smtp://localhost', ...database })
})

test('the table of processes has a line for each, in columns', () => {
  const rows = [
    { name: 'kafka', pid: 12, address: '127.0.0.1:9092' },
    { name: 'backend-sidecar', pid: null, address: '127.0.0.1:3500' },
  ]
  expect(processTable(rows)).toBe(
    [
      '  PROCESS          PID  ADDRESS',
      '  kafka            12   127.0.0.1:9092',
      '  backend-sidecar  –    127.0.0.1:3500',
      '',
    ].join('\n'),
  )
})
