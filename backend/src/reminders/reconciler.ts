import type { Kysely } from 'kysely'
import { errorMessage } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import type { UnitOfWork } from '../context.ts'
import type { Tables } from '../tables.ts'
import { REMINDERS } from './firing.ts'
import type { Fire } from './firing.ts'
import { overdueReminders, remindersBetween } from './repo.ts'
import type { ReminderRef } from './repo.ts'
import { scheduleReminder } from './sync-reminders.ts'

const EVERY_MS = 10_000
/** The alarm gets this long before the net is drawn. */
const GRACE_MS = 2_000
/** Alarms of so much of the future are set again now and then, in case the scheduler lost its memory. */
const HORIZON_MS = 15 * 60_000
const RESCHEDULE_EVERY_MS = 10 * 60_000
const BATCH = 500
/** Half of the connections: after an outage thousands may be due, and people want to be answered meanwhile. */
const AT_ONCE = 5

/** The net under the alarms: fires what is due and unfired, so that no lost alarm is a lost reminder. */
export class ReminderReconciler {
  readonly #unitOfWork: UnitOfWork
  readonly #fireOne: Fire
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #stopping = false
  #rescheduledAt = 0

  constructor(unitOfWork: UnitOfWork, fire: Fire, log: Log) {
    this.#unitOfWork = unitOfWork
    this.#fireOne = fire
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

  /** Answers how many reminders it fired. */
  async reconcile(graceMs = GRACE_MS): Promise<number> {
    const { db, now } = this.#unitOfWork
    let fired = 0
    for (;;) {
      const overdue = await overdueReminders(db, new Date(now().getTime() - graceMs), BATCH)
      const firedNow = await this.#fire(overdue)
      fired += firedNow
      // A round that fires nothing would find the same ones again.
      if (overdue.length < BATCH || firedNow === 0 || this.#stopping) break
    }
    if (now().getTime() - this.#rescheduledAt >= RESCHEDULE_EVERY_MS) await this.#reschedule(db)
    return fired
  }

  async #fire(reminders: ReminderRef[]): Promise<number> {
    const left = reminders.values()
    let fired = 0
    const worker = async () => {
      for (const reminder of left) {
        if (this.#stopping) break
        if (await this.#fireLogged(reminder)) fired += 1
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return fired
  }

  /** One that cannot be fired must not hold back the rest; the next round tries it again. */
  async #fireLogged(reminder: ReminderRef): Promise<boolean> {
    try {
      return await this.#fireOne(reminder)
    } catch (error) {
      this.#log.warn({ ...reminder, error: errorMessage(error) }, 'a reminder could not be fired; trying again')
      return false
    }
  }

  async #reschedule(db: Kysely<Tables>): Promise<void> {
    const now = this.#unitOfWork.now()
    const soon = await remindersBetween(db, now, new Date(now.getTime() + HORIZON_MS))
    await this.#unitOfWork.change(REMINDERS, async (ctx) => {
      for (const { taskId, reminderId, remindAt } of soon) scheduleReminder(ctx, taskId, reminderId, remindAt)
    })
    this.#rescheduledAt = now.getTime()
  }
}
