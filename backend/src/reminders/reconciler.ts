import type { Kysely } from 'kysely'
import type { Log } from '@todo/platform/log'
import type { UnitOfWork } from '../context.ts'
import { catchUp, Rounds } from '../rounds.ts'
import type { Tables } from '../tables.ts'
import { REMINDERS } from './firing.ts'
import type { Firing } from './firing.ts'
import { scheduleAlarm } from './job.ts'
import { heldBetween, overdueHeld, overdueReminders, remindersBetween } from './repo.ts'
import type { ReminderRef } from './repo.ts'

const EVERY_MS = 10_000
/** The alarm gets this long before the net is drawn. */
const GRACE_MS = 2_000
/** Alarms of so much of the future are set again now and then, in case the scheduler lost its memory. */
const HORIZON_MS = 15 * 60_000
const RESCHEDULE_EVERY_MS = 10 * 60_000

/** The net under the alarms: fires what is due and unfired, so that no lost alarm is a lost reminder. */
export class ReminderReconciler {
  readonly #unitOfWork: UnitOfWork
  readonly #firing: Firing
  readonly #log: Log
  readonly #rounds: Rounds
  #rescheduledAt = 0

  constructor(unitOfWork: UnitOfWork, firing: Firing, log: Log) {
    this.#unitOfWork = unitOfWork
    this.#firing = firing
    this.#log = log
    const failure = 'reminders could not be reconciled; trying again'
    // What came due while nothing ran fires at the start.
    const work = (isFirst: boolean) => this.reconcile(isFirst ? 0 : GRACE_MS)
    this.#rounds = new Rounds(work, { everyMs: EVERY_MS, log, failure })
  }

  start(): void {
    this.#rounds.start()
  }

  async stop(): Promise<void> {
    await this.#rounds.stop()
  }

  /** Answers how many reminders it fired, or released from quiet hours. */
  async reconcile(graceMs = GRACE_MS): Promise<number> {
    const { db, now } = this.#unitOfWork
    const before = () => new Date(now().getTime() - graceMs)
    const fired = await this.#catchUp(this.#firing.fire, (limit) => overdueReminders(db, before(), limit))
    const released = await this.#catchUp(this.#firing.release, (limit) => overdueHeld(db, before(), limit))
    if (now().getTime() - this.#rescheduledAt >= RESCHEDULE_EVERY_MS) await this.#reschedule(db)
    return fired + released
  }

  #catchUp(work: Firing['fire'], findDue: (limit: number) => Promise<ReminderRef[]>): Promise<number> {
    const failure = 'a reminder could not be fired; trying again'
    return catchUp({ findDue, work, log: this.#log, failure, isStopping: () => this.#rounds.isStopping })
  }

  async #reschedule(db: Kysely<Tables>): Promise<void> {
    const now = this.#unitOfWork.now()
    const horizon = new Date(now.getTime() + HORIZON_MS)
    const pending = await remindersBetween(db, now, horizon)
    const held = await heldBetween(db, now, horizon)
    await this.#unitOfWork.change(REMINDERS, async (ctx) => {
      for (const reminder of pending) scheduleAlarm(ctx, reminder)
      for (const reminder of held) scheduleAlarm(ctx, reminder, { kind: 'release-reminder', at: reminder.heldUntil })
    })
    this.#rescheduledAt = now.getTime()
  }
}
