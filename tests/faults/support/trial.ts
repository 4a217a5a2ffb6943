import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '@todo/platform/errors'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { SHOWN } from './check.ts'
import type { Check, Evidence } from './check.ts'
import { EVENT_CHECKS, TOPIC_CHECK } from './event-checks.ts'
import type { AppUnderFaults } from './app.ts'
import type { Fault, Ground, Struck } from './fault.ts'
import { Ingress } from './ingress.ts'
import { Load } from './load.ts'
import type { Phase, SentRequest } from './load.ts'
import { MailCount } from './mail-count.ts'
import { People } from './people.ts'
import type { Seeded } from './seeded.ts'
import { TASK_CHECKS } from './task-checks.ts'
import { TopicLog } from './topic-log.ts'

export interface Result {
  fault: Pick<Fault, 'name' | 'mayDouble'>
  point: string
  seconds: number
  sent: number
  /** By the phase in which they were sent. */
  failed: Partial<Record<Phase, number>>
  slowestMs: number
  triedAgain: number
  drainedMs: number
  reminders: number
  latestMs: number
  mails: number
  doubled: string[]
  events: number
  /** Each promise that was broken, in words; none when all was well. */
  problems: string[]
}

const PER_SECOND = 50
const PEOPLE = 12
const BEFORE_MS = 2_000
const AFTER_MS = 3_000
const DRAIN_MS = 120_000
const ASK_AGAIN_MS = 500

interface Opening {
  people: People
  random: Seeded
  perSecond: number
  opened: Evidence['since']
}

/** One app under load, to which one fault after the other happens. */
export class TrialGround<App extends Ground = AppUnderFaults> {
  readonly #app: App
  readonly #perSecond: number
  readonly #opened: Evidence['since']
  readonly #random: Seeded
  readonly #people: People
  readonly #topics = new TopicLog()
  readonly #mails: MailCount
  readonly #letters = new Set<string>()
  #since: Evidence['since']

  private constructor(app: App, { people, random, perSecond, opened }: Opening) {
    this.#app = app
    this.#people = people
    this.#random = random
    this.#perSecond = perSecond
    this.#mails = new MailCount(app.mail)
    this.#since = opened
    this.#opened = opened
  }

  /** What happened before is not looked at. */
  static async open<App extends Ground>(
    app: App,
    random: Seeded,
    perSecond: number = PER_SECOND,
  ): Promise<TrialGround<App>> {
    const opened = await now(app)
    return new TrialGround(app, { people: await People.signUp(app.url, PEOPLE, random), random, perSecond, opened })
  }

  /** Lets a fault happen under load, heals it, waits until all has come to rest, and looks whether every promise was kept. */
  async run(fault: Fault<App>): Promise<Result> {
    const startedAt = Date.now()
    const before = { mails: this.#mails.total, events: this.#topics.events.size }
    const load = await this.#beginLoad()
    await delay(BEFORE_MS)
    load.phase = 'during'
    const struck = await this.#strike(fault, load)
    const healedAt = new Date()
    load.phase = 'after'
    await delay(AFTER_MS)
    await load.stop()
    for (const letter of struck.letters ?? []) this.#letters.add(letter)
    const evidence = this.#evidence(healedAt)
    const broken = await this.#drain(evidence)
    const drainedMs = Date.now() - healedAt.getTime()
    const doubled = this.#mails.takeDoubled()
    const problems = [
      ...struck.problems,
      ...broken,
      ...requestProblems(fault, load),
      ...named(
        'per task versions grow in the order of the partition, at first delivery',
        this.#topics.overtaken.splice(0),
      ),
      ...(fault.mayDouble ? [] : named('each mail comes once', doubled)),
    ]
    const result: Result = {
      fault,
      point: struck.point,
      seconds: (healedAt.getTime() - startedAt - BEFORE_MS) / 1_000,
      ...requestFigures(load),
      drainedMs,
      ...(await this.#figures(evidence)),
      mails: this.#mails.total - before.mails,
      events: this.#topics.events.size - before.events,
      doubled,
      problems,
    }
    return result
  }

  /** Once more all of it, from the beginning. */
  async finish(): Promise<string[]> {
    this.#since = this.#opened
    return this.#drain(this.#evidence(new Date()))
  }

  async #beginLoad(): Promise<Load> {
    const ingress = new Ingress(await this.#app.entrances())
    return new Load({ ingress, people: this.#people, perSecond: this.#perSecond })
  }

  async #strike(fault: Fault<App>, load: Load): Promise<Struck & { problems: string[] }> {
    const scene = { app: this.#app, load, people: this.#people, topics: this.#topics, random: this.#random }
    try {
      return { ...(await fault.strike(scene)), problems: [] }
    } catch (error) {
      return { point: 'not hit', problems: [`the fault happens and heals: ${errorMessage(error)}`] }
    }
  }

  #evidence(healedAt: Date): Evidence {
    const { promised } = this.#people
    const [app, topics, mails] = [this.#app, this.#topics, this.#mails]
    return {
      app,
      promised,
      topics,
      mails,
      since: this.#since,
      opened: this.#opened.at,
      healedAt,
      letters: this.#letters,
    }
  }

  /** Until every promise is kept; answers those that are not in the end. */
  async #drain(evidence: Evidence): Promise<string[]> {
    const deadline = Date.now() + DRAIN_MS
    for (;;) {
      // A database that has just come back may cut a connection once more.
      const seen = await pollUntil(() => now(this.#app), {
        timeoutMs: DRAIN_MS,
        intervalMs: ASK_AGAIN_MS,
        what: 'the outbox',
      })
      const broken = await this.#broken(evidence)
      if (broken.length === 0 || Date.now() >= deadline) {
        this.#since = seen
        return broken
      }
      await delay(ASK_AGAIN_MS)
    }
  }

  async #broken(evidence: Evidence): Promise<string[]> {
    const broken: string[] = []
    for (const check of [...EVENT_CHECKS, ...TASK_CHECKS]) broken.push(...(await brokenBy(check, evidence)))
    return broken.length > 0 ? broken : brokenBy(TOPIC_CHECK, evidence)
  }

  async #figures({ since }: Evidence): Promise<Pick<Result, 'reminders' | 'latestMs'>> {
    const { rows } = await this.#app.database.query<{ reminders: number; latest: number }>(
      `select count(*)::int as reminders,
         coalesce(max(extract(epoch from fired_at - remind_at)) * 1000, 0)::float8 as latest
       from reminder where state = 'fired' and fired_at > $1`,
      [since.at],
    )
    const { reminders = 0, latest: latestMs = 0 } = rows[0] ?? {}
    return { reminders, latestMs }
  }
}

async function now({ database }: Pick<Ground, 'database'>): Promise<Evidence['since']> {
  const { rows } = await database.query<Evidence['since']>(
    'select coalesce(max(seq), 0)::int as seq, now() as at from outbox',
  )
  return rows[0]!
}

async function brokenBy({ promise, broken }: Check, evidence: Evidence): Promise<string[]> {
  return named(
    promise,
    await broken(evidence).catch((error: unknown) => [`it could not be looked at: ${errorMessage(error)}`]),
  )
}

function named(promise: string, broken: readonly string[]): string[] {
  return broken.map((how) => `${promise}: ${how}`)
}

/** One line for each way in which requests failed. */
function requestProblems(
  { mayRefuse, mayRefuseAfterMs = Infinity }: Pick<Fault, 'mayRefuse' | 'mayRefuseAfterMs'>,
  { sent }: Load,
): string[] {
  const begun = Math.min(...sent.filter(({ phase }) => phase === 'during').map(({ sentAt }) => sentAt))
  const isExcused = ({ phase, sentAt }: SentRequest) =>
    phase === 'during' && (mayRefuse || sentAt - begun > mayRefuseAfterMs)
  const failed = sent.filter((request) => request.failure !== null && !isExcused(request))
  const alike = Map.groupBy(failed, ({ kind, phase, failure }) => `${kind} ${phase} the fault: ${failure}`)
  return named(
    'no request fails',
    [...alike].slice(0, SHOWN).map(([how, { length }]) => `${length} × ${how}`),
  )
}

function requestFigures({ sent }: Load): Pick<Result, 'sent' | 'failed' | 'slowestMs' | 'triedAgain'> {
  const failed: Result['failed'] = {}
  for (const { failure, phase } of sent) if (failure !== null) failed[phase] = (failed[phase] ?? 0) + 1
  const slowestMs = Math.max(0, ...sent.map(({ tookMs }) => tookMs))
  return { sent: sent.length, failed, slowestMs, triedAgain: sent.filter(({ tries }) => tries > 1).length }
}
