import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Delivery } from '@todo/model/api'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { inMs } from './support/days.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** The lease of a dead sender runs for 15 s, and then comes the next of the growing delays. */
const LEASE_AND_RETRY_MS = 45_000

test('kill -9 before the mail server has answered: the mail is sent again after the lease, under the same Message-ID', async () => {
  const ada = await app.signUp()
  app.smtp.fates.set(ada.email, 'hangs')
  const task = await ada.createTask({ title: 'Survivor', reminders: [{ kind: 'absolute', at: inMs(0) }] })
  await pollUntil(() => app.smtp.mails.length === 1, { what: 'a mail without an answer' })
  await app.kill()
  app.smtp.fates.set(ada.email, 'taken')
  await app.restart()
  await pollUntil(() => app.smtp.mails.length === 2, { timeoutMs: LEASE_AND_RETRY_MS, what: 'the mail again' })
  const [unanswered, answered] = app.smtp.mails
  expect(answered!.messageId, 'so that its reader sees one').toBe(unanswered!.messageId)
  const delivered = async () => {
    const { items } = await ada.ok('GET', `/tasks/${task.id}/deliveries`)
    return items.filter(({ channel }: Delivery) => channel === 'email').length > 0 && items
  }
  const log: Delivery[] = await pollUntil(delivered)
  expect(log.filter(({ channel }) => channel === 'email')).toMatchObject([{ status: 'delivered', attempt: 2 }])
  expect(log.filter(({ channel }) => channel === 'in-app')).toHaveLength(1)
  expect(app.smtp.mails).toHaveLength(2)
}, 60_000)
