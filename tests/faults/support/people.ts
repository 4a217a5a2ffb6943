import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Task } from '@todo/model/task'
import { Person } from '../../acceptance/support/person.ts'
import type { IngressRequest } from './ingress.ts'
import type { Seeded } from './seeded.ts'

/** One request, and what is learned from its answer. */
export interface Wish {
  kind: string
  request: IngressRequest
  onAnswer: (body: unknown) => void
}

/** What was promised by answers, to be looked for afterwards. */
export interface Promised {
  created: Set<string>
  completed: Set<string>
  /** Task → its highest version that an answer had. */
  versions: Map<string, number>
  /** Reminders that were moved or taken away before their time: they are not to fire. */
  calledOff: CalledOff[]
}

interface CalledOff {
  taskId: string
  /** When it would have fired, ISO 8601. */
  at: string
}

interface Someone {
  headers: Record<string, string>
  plain: string[]
  recurring: Set<string>
  /** What reminds them only later, so that they can think better of it. */
  later: CalledOff[]
}

const WORDS = ['water', 'plants', 'milk', 'letter', 'tax', 'bicycle', 'garden', 'book', 'dentist', 'window']
const KNOWN_TASKS = 300
/** Out of a hundred: what people do. */
const HABITS = { get: 25, list: 17, search: 10, patch: 20, create: 11, remind: 5, rethink: 3, recur: 4, complete: 5 }
const REMIND_MS = { least: 1_000, span: 5_000 }
/** For what is moved or called off: so far away that an answer comes before it, in most of the faults. */
const REMIND_LATER_MS = { least: 20_000, span: 20_000 }

/** People who use the app, each with what they know of it. */
export class People {
  readonly promised: Promised = { created: new Set(), completed: new Set(), versions: new Map(), calledOff: [] }
  readonly #random: Seeded
  readonly #all: Someone[]

  private constructor(random: Seeded, all: Someone[]) {
    this.#random = random
    this.#all = all
  }

  static async signUp(url: string, count: number, random: Seeded): Promise<People> {
    const all: Someone[] = []
    // There may have been others of that name.
    const group = randomUUID().slice(0, 8)
    for (let number = 1; number <= count; number++) {
      const person = await new Person(url, `person-${number}-${group}@example.org`).signUp(`Person ${number}`)
      const cookie = person
        .cookies()
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ')
      all.push({ headers: { cookie, origin: url }, plain: [], recurring: new Set(), later: [] })
    }
    const people = new People(random, all)
    return people
  }

  /** What somebody wants next. */
  wish(now: number): Wish {
    const someone = this.#random.pick(this.#all)
    const kind = this.#habit()
    if (kind === 'complete') return this.#complete(someone) ?? this.#recur(someone)
    if (kind === 'recur') return this.#recur(someone)
    if (kind === 'remind') return this.#remind(someone, now)
    if (kind === 'rethink') return this.#rethink(someone, now) ?? this.#remindLater(someone, now)
    if (kind === 'list') return this.#list(someone)
    if (kind === 'search') return read('search', someone, `/tasks?q=${this.#random.pick(WORDS)}&limit=20`)
    const task = someone.plain.length > 0 ? this.#random.pick(someone.plain) : null
    if (task && kind === 'get') return read('get', someone, `/tasks/${task}`)
    if (task && kind === 'patch') return this.#patch(someone, task)
    return this.#createPlain(someone)
  }

  /** A task of a series, for a fault that wants one of its own. */
  recur(): Wish {
    return this.#recur(this.#all[0]!)
  }

  completeTask(id: string): Wish {
    return this.#completing(this.#all[0]!, id)
  }

  #habit(): keyof typeof HABITS {
    let rest = this.#random.below(100)
    for (const [kind, share] of Object.entries(HABITS)) {
      if (rest < share) return kind as keyof typeof HABITS
      rest -= share
    }
    return 'get'
  }

  #title(): string {
    return `${this.#random.pick(WORDS)} ${this.#random.pick(WORDS)} ${this.#random.below(1_000_000)}`
  }

  #createPlain(someone: Someone): Wish {
    const created = (task: Task) => {
      someone.plain.push(task.id)
      if (someone.plain.length > KNOWN_TASKS) someone.plain.shift()
    }
    return this.#create('create', someone, { title: this.#title() }, created)
  }

  #remind(someone: Someone, now: number): Wish {
    const input = this.#reminding(now, REMIND_MS)
    return this.#create('create with reminder', someone, input, () => {})
  }

  #remindLater(someone: Someone, now: number): Wish {
    const input = this.#reminding(now, REMIND_LATER_MS)
    const [{ at }] = input.reminders
    const created = ({ id }: Task) => void someone.later.push({ taskId: id, at })
    return this.#create('create with reminder', someone, input, created)
  }

  /** Its title names the mail: nobody changes it but together with the reminder. */
  #reminding(now: number, { least, span }: typeof REMIND_MS) {
    const at = new Date(now + least + this.#random.below(span)).toISOString()
    return { title: `remind ${randomUUID()}`, reminders: [{ kind: 'absolute', at }] as const }
  }

  /** Another time for a reminder, or none, or its task is done or in the bin before it. */
  #rethink(someone: Someone, now: number): Wish | null {
    const [{ taskId, at } = { taskId: '', at: '' }] = someone.later.splice(0, 1)
    if (!taskId) return null
    const path = `/tasks/${taskId}`
    const request = this.#random.pick([
      { method: 'PATCH', path, body: this.#reminding(now, REMIND_MS) },
      { method: 'PATCH', path, body: { reminders: [] } },
      { method: 'POST', path: `${path}/complete` },
      { method: 'POST', path: '/tasks/batch', body: { action: 'delete', ids: [taskId] } },
    ] as const)
    const calledOff = () => {
      if (Date.now() < Date.parse(at)) this.promised.calledOff.push({ taskId, at })
    }
    return this.#change('rethink a reminder', someone, request, calledOff)
  }

  #recur(someone: Someone): Wish {
    const input = {
      title: this.#title(),
      due: { date: '2030-01-01', time: '09:00' },
      recurrence: { rule: 'FREQ=DAILY' },
    }
    return this.#create('create recurring', someone, input, ({ id }) => someone.recurring.add(id))
  }

  #create(kind: string, someone: Someone, input: object, created: (task: Task) => void): Wish {
    return this.#change(kind, someone, { method: 'POST', path: '/tasks', body: { id: uuidv7(), ...input } }, (task) => {
      this.promised.created.add(task.id)
      created(task)
    })
  }

  #patch(someone: Someone, id: string): Wish {
    const body = this.#random.below(2) === 0 ? { title: this.#title() } : { notes: this.#title() }
    return this.#change('patch', someone, { method: 'PATCH', path: `/tasks/${id}`, body }, () => {})
  }

  #complete(someone: Someone): Wish | null {
    const [id] = someone.recurring
    if (!id) return null
    someone.recurring.delete(id)
    return this.#completing(someone, id)
  }

  #completing(someone: Someone, id: string): Wish {
    return this.#change('complete', someone, { method: 'POST', path: `/tasks/${id}/complete` }, (task) => {
      this.promised.completed.add(task.id)
    })
  }

  /** What a list shows is known from then on: also the next occurrences, which nobody made. */
  #list(someone: Someone): Wish {
    const path = this.#random.below(2) === 0 ? '/tasks?limit=50&sort=due' : '/tasks?limit=50&sort=created'
    const { request } = read('list', someone, path)
    const onAnswer = (body: unknown) => {
      const { items } = body as { items: Task[] }
      const open = items.filter((task) => task.recurrence && !this.promised.completed.has(task.id))
      for (const { id } of open.slice(0, 3)) someone.recurring.add(id)
    }
    return { kind: 'list', request, onAnswer }
  }

  #change(
    kind: string,
    { headers }: Someone,
    { method, path, body }: { method: 'POST' | 'PATCH'; path: string; body?: object },
    onTask: (task: Task) => void,
  ): Wish {
    const content = body ? { body: JSON.stringify(body) } : {}
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
    const key: Record<string, string> = method === 'POST' ? { 'idempotency-key': randomUUID() } : {}
    const request = { method, path: `/api/v1${path}`, headers: { ...headers, ...type, ...key }, ...content }
    const onAnswer = (answer: unknown) => {
      const [task] = 'items' in (answer as object) ? (answer as { items: [Task] }).items : [answer as Task]
      const { versions } = this.promised
      versions.set(task.id, Math.max(task.version, versions.get(task.id) ?? 0))
      onTask(task)
    }
    return { kind, request, onAnswer }
  }
}

function read(kind: string, { headers }: Someone, path: string): Wish {
  return { kind, request: { method: 'GET', path: `/api/v1${path}`, headers }, onAnswer: () => {} }
}
