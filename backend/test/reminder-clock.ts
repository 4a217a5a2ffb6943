import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { Client, TestBackend } from './harness.ts'

/** A backend whose clock and alarms a test turns by hand, for one person in UTC. */
export class ReminderClock {
  readonly #backend: TestBackend
  /** Tomorrow and the days after it: sessions of today are still good. */
  readonly #day: number

  constructor(backend: TestBackend) {
    this.#backend = backend
    this.#day = Date.parse(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`) + 86_400_000
  }

  /** `23:00`, tomorrow or so many days later. */
  at(time: string, days = 0): string {
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    return new Date(this.#day + days * 86_400_000 + (hour * 60 + minute) * 60_000).toISOString()
  }

  turnTo(time: string, days = 0): void {
    this.#backend.setNow(new Date(this.at(time, days)))
  }

  async signUp(profile: Record<string, unknown> = {}): Promise<Client> {
    const person = await this.#backend.signUp('Nia')
    const { status } = await person.call('PATCH', '/me', { timeZone: 'UTC', ...profile })
    if (status !== 200) throw new Error(`the profile was not taken: ${status}`)
    return person
  }

  /** Times at which alarms of the task are set, with their kinds. */
  alarms(task: Task): string[] {
    const jobs = [...this.#backend.jobs.values()].filter(({ data }) => data.taskId === task.id)
    return jobs.map(({ kind, at }) => `${kind} ${at.toISOString()}`).sort()
  }

  async untilAlarms(task: Task, ...expected: string[]): Promise<void> {
    await pollUntil(() => JSON.stringify(this.alarms(task)) === JSON.stringify(expected), {
      what: `${expected.join(', ') || 'no alarm'} instead of ${this.alarms(task).join(', ')}`,
    })
  }

  /** Lets every alarm of the task ring, whatever time it is, and waits until all is published that they have said. */
  async ring(task: Task): Promise<void> {
    const { jobs, runtime } = this.#backend
    for (const job of [...jobs.values()].filter(({ data }) => data.taskId === task.id)) {
      await runtime.jobs![job.kind]!(job)
    }
    await this.untilPublished()
  }

  async untilPublished(): Promise<void> {
    const { pool } = this.#backend.testDatabase.database
    await pollUntil(async () => {
      const { rows } = await pool.query<{ waiting: boolean }>(
        'select exists (select from outbox where published_at is null) as waiting',
      )
      return !rows[0]!.waiting
    })
  }

  /** The ways that reminders of a task were sent by, in order: `email`, or `silent` where they were only shown. */
  told(task: Task): string[] {
    return this.due(task).map(({ data }) => data.recipient.channels.join('+') || 'silent')
  }

  due(task: Task): TodoEvent<'reminder.due'>[] {
    return this.#backend.published.filter(
      (event) => event.subject === task.id && eventName(event.type) === 'reminder.due',
    )
  }
}
