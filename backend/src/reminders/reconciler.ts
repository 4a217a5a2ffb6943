import type { Kysely } from 'kysely'
import { errorMessage } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import type { UnitOfWork } from '../context.ts'
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
const BATCH = 500
/** Half of the connections: after an outage thousands may be due, and people want to be answered meanwhile. */
const AT_ONCE = 5

type Act = Firing['fire']

/** The net under the alarms: fires what is due and unfired, so that no lost alarm is a lost reminder. */
export class ReminderReconciler {
  readonly #unitOfWork: UnitOfWork
  readonly #firing: Firing
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #stopping = false
  #rescheduledAt = 0

  constructor(unitOfWork: UnitOfWork, firing: Firing, log: Log) {
    this.#unitOfWork = unitOfWork
    this.#firing = firing
    this.#log = log
  }

  /** What came due while nothing ran fires now. */
  start(): void {
    this.#running = this.#round(0)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #round(graceMs: number): Promise<void> {
    try {
      await this.reconcile(graceMs)
    } catch (error) {
      this.#log.warn({ error: errorMessage(error) }, 'reminders could not be reconciled; trying again')
    }
    if (this.#stopping) return
    this.#timer = setTimeout(() => {
      this.#running = this.#round(GRACE_MS)
    }, EVERY_MS)
  }

  /** Answers how many reminders it fired, or released from quiet hours. */
  async reconcile(graceMs = GRACE_MS): Promise<number> {
    const { db, now } = this.#unitOfWork
    const before = () => new Date(now().getTime() - graceMs)
    const fired = await this.#catchUp(this.#firing.fire, () => overdueReminders(db, before(), BATCH))
    const released = await this.#catchUp(this.#firing.release, () => overdueHeld(db, before(), BATCH))
    if (now().getTime() - this.#rescheduledAt >= RESCHEDULE_EVERY_MS) await this.#reschedule(db)
    return fired + released
  }

  async #catchUp(act: Act, findOverdue: () => Promise<ReminderRef[]>): Promise<number> {
    let done = 0
    for (;;) {
      const overdue = await findOverdue()
      const doneNow = await this.#actOn(overdue, act)
      done += doneNow
      // A round that does nothing would find the same ones again.
      if (overdue.length < BATCH || doneNow === 0 || this.#stopping) return done
    }
  }

  async #actOn(reminders: ReminderRef[], act: Act): Promise<number> {
    const left = reminders.values()
    let done = 0
    const worker = async () => {
      for (const reminder of left) {
        if (this.#stopping) break
        if (await this.#actLogged(reminder, act)) done += 1
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return done
  }

  /** One that cannot be fired must not hold back the rest; the next round tries it again. */
  async #actLogged(reminder: ReminderRef, act: Act): Promise<boolean> {
    try {
      return await act(reminder)
    } catch (error) {
      this.#log.warn({ ...reminder, error: errorMessage(error) }, 'a reminder could not be fired; trying again')
      return false
    }
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
