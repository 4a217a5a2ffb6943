import { z } from 'zod'
import type { EventData } from '@todo/model/events'
import { everyHour } from '@todo/platform/every-hour'
import { reach } from '@todo/platform/reach-database'
import type { Log } from '@todo/platform/log'
import { Relay } from '@todo/platform/relay'
import { on } from '@todo/platform/service'
import type { Deps, EventHandler, Runtime } from '@todo/platform/service'
import { mountApp } from './app.ts'
import { accountEffects } from './auth/account-effects.ts'
import { createAuth } from './auth/auth.ts'
import type { Auth, AuthOptions, Passwords } from './auth/auth.ts'
import { openAuthPool } from './auth/auth-pool.ts'
import { Sessions } from './auth/sessions.ts'
import { keepOutcome } from './channels/outcome.ts'
import { mailRulesOf } from './channels/recipient.ts'
import type { BackendConfig } from './config.ts'
import { createUnitOfWork } from './context.ts'
import type { UnitOfWork } from './context.ts'
import { createDigestRounds } from './digests/digest-rounds.ts'
import { Accesses } from './http/accesses.ts'
import { clean } from './housekeeping.ts'
import { measureOutbox } from './outbox-metrics.ts'
import { createFiring } from './reminders/firing.ts'
import { onDelivery } from './reminders/on-delivery.ts'
import { ReminderReconciler } from './reminders/reconciler.ts'
import { OpenStreams } from './stream/open-streams.ts'
import { createOccurrence } from './tasks/occurrences.ts'

const ReminderJob = z.object({ taskId: z.string(), reminderId: z.string(), remindAt: z.string() })

/** @param passwords for tests of other things, to which the real ones are a tenth of a second per person */
export async function prepareBackend(deps: Deps<BackendConfig>, passwords?: Passwords): Promise<Runtime> {
  const { config, database, log, now } = deps
  const { pool } = database
  const { bus, scheduler, metrics, tracer } = deps
  const relay = new Relay({ service: 'backend', pool, direct: database.direct, bus, scheduler, log, metrics, tracer })
  const unitOfWork = createUnitOfWork({ database, relay, now, log })
  const authPool = openAuthPool(pool, (error) =>
    log.warn({ error: error.message }, 'an idle database connection was lost'),
  )
  const rules = mailRulesOf(config)
  const { auth, sessions } = openAccounts({ config, pool: authPool, passwords, unitOfWork, log })
  const accesses = new Accesses(unitOfWork)
  const openStreams = new OpenStreams()
  const firing = createFiring(unitOfWork, metrics, rules)
  const reconciler = new ReminderReconciler(unitOfWork, firing, log)
  const digests = createDigestRounds(unitOfWork, { rules, log })
  let stopHousekeeping = async () => {}
  measureOutbox(metrics, pool)
  return {
    routes: (app) => mountApp(app, { deps, unitOfWork, accesses, auth, sessions, openStreams, rules }),
    events: eventHandlers(unitOfWork, { sessions, openStreams }),
    jobs: {
      'fire-reminder': async ({ data }) => void (await firing.fire(ReminderJob.parse(data))),
      'release-reminder': async ({ data }) => void (await firing.release(ReminderJob.parse(data))),
    },
    start: async () => {
      // In a new replica, where everything begins at once, the first request would wait longest for it.
      await reach(authPool, 'DATABASE_URL')
      relay.start()
      reconciler.start()
      digests.start()
      stopHousekeeping = everyHour(() => clean(unitOfWork.db, pool), log)
    },
    stop: async () => {
      await Promise.all([reconciler.stop(), digests.stop(), stopHousekeeping()])
      await relay.stop()
      await authPool.end()
    },
  }
}

interface Accounts extends Omit<AuthOptions, 'effects'> {
  unitOfWork: UnitOfWork
  log: Log
}

function openAccounts({ unitOfWork, log, ...options }: Accounts): { auth: Auth; sessions: Sessions } {
  const forgetSessions = (userId: string) => sessions.forget({ userId })
  const effects = accountEffects({ unitOfWork, secret: options.config.CHANNEL_SECRET, log, forgetSessions })
  const auth = createAuth({ ...options, effects })
  const sessions = new Sessions(auth, unitOfWork.now)
  return { auth, sessions }
}

interface Remembered {
  sessions: Sessions
  openStreams: OpenStreams
}

function eventHandlers({ handleOnce }: UnitOfWork, remembered: Remembered): EventHandler[] {
  return [
    on('task-events', ['occurrence.due'], (event) => handleOnce(event, (ctx) => createOccurrence(ctx, event.data))),
    on('reminders', ['reminder.delivered', 'reminder.failed'], (event) =>
      handleOnce(event, (ctx) => onDelivery(ctx, event)),
    ),
    on('reminders', ['channel.tried'], (event) => handleOnce(event, (ctx) => keepOutcome(ctx, event, event.data))),
    // Maybe another replica changed whose session goes on.
    on('task-updates', ['view.changed'], ({ data }) => forgetChanged(data, remembered), 'every-replica'),
  ]
}

async function forgetChanged(
  { resource, audience }: EventData<'view.changed'>,
  { sessions, openStreams }: Remembered,
): Promise<void> {
  if (resource !== 'profile') return
  for (const userId of audience) sessions.forget({ userId })
  await openStreams.recheck(audience, (cookie) => sessions.ownerOf(cookie))
}
