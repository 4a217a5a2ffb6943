// @module-tag slow
import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import type { Arbitrary } from 'fast-check'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { valueFor } from './support/arbitraries.ts'
import type { Known } from './support/arbitraries.ts'
import { day } from './support/days.ts'
import { operationsOf } from './support/operations.ts'
import type { Operation } from './support/operations.ts'
import type { Answer, Person } from './support/person.ts'
import { problemProblems } from './support/problem.ts'

/** Another seed looks elsewhere: FUZZ_SEED=$RANDOM FUZZ_RUNS=300. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123)
const RUNS = Number(process.env.FUZZ_RUNS ?? 25)

interface Request {
  path: Record<string, unknown>
  query: Record<string, unknown>
  body: unknown
  headers: Record<string, string>
}

let app: App
let ada: Person
let operations: Operation[]
beforeAll(async () => {
  app = await startApp()
  ada = await app.signUp()
  operations = (await operationsOf(app.url)).filter(({ path }) => path !== '/stream')
})
afterAll(() => app.close())

/** Things for one endpoint to be tried on: what is done to them does not matter to the next. */
async function thingsFor({ path }: Operation): Promise<Known> {
  const list = await ada.ok('POST', '/lists', { name: 'Fuzzy' })
  const plain = await ada.createTask({ title: 'Plain', tags: ['tag'], subtasks: [{ title: 'part' }], listId: list.id })
  const series = await ada.createTask({
    title: 'Series',
    due: { date: day(1), time: '09:00' },
    recurrence: { rule: 'FREQ=DAILY' },
    reminders: [{ kind: 'relative', minutesBefore: 5 }],
  })
  const tasks = [plain.id, series.id]
  const filters = (await ada.ok('GET', '/filters')).items.map(({ id }: { id: string }) => id)
  const endpoints = (await ada.ok('GET', '/channels')).items.map(({ id }: { id: string }) => id)
  const channels = path.includes('{id}') ? endpoints : []
  const byRoot: Record<string, string[]> = { tasks, lists: [list.id], filters, tags: [], channels }
  const byName: Record<string, string[]> = {
    id: byRoot[path.split('/')[1] ?? ''] ?? [],
    ids: tasks,
    after: tasks,
    listId: [list.id],
    subtaskId: plain.subtasks.map(({ id }) => id),
    ...(path.startsWith('/tags') ? { name: ['tag', 'TAG'] } : {}),
  }
  return (name) => byName[name] ?? []
}

function requestFor({ parameters, bodies }: Operation, known: Known): Arbitrary<Request> {
  const values = (place: string) =>
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) => [name, valueFor(schema, known, name)]),
    )
  const [type, schema] = Object.entries(bodies)[0] ?? []
  const body =
    type === undefined ? fc.constant(undefined) : type.includes('json') ? valueFor(schema ?? {}, known) : CALENDAR
  const headers = fc.record(
    {
      'content-type': fc.constantFrom(type ?? 'application/json', 'text/plain'),
      'if-match': fc.constantFrom('"1"', '"2"', '*', 'W/"1"', '""', '"99999999999999"', 'x'),
      'idempotency-key': fc.oneof(fc.constantFrom('a', 'b'), fc.constant('fresh')),
      'x-client-id': fc.constantFrom('tab', 'x'.repeat(200)),
    },
    { requiredKeys: [] },
  )
  return fc.record({
    path: fc.record(values('path')),
    query: fc.record(values('query'), { requiredKeys: [] }),
    body,
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
  })
}

/** Lines of calendars, in any order and none. */
const CALENDAR = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'BEGIN:VCALENDAR',
        'END:VCALENDAR',
        'BEGIN:VTODO',
        'END:VTODO',
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VALARM',
        'END:VALARM',
        'UID:1',
        'SUMMARY:x',
        'DUE;TZID=Europe/Lisbon:20400101T090000',
        'DTSTART;VALUE=DATE:20400101',
        'RRULE:FREQ=DAILY',
        'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
        'EXDATE:20400102',
        'PRIORITY:9',
        'TRIGGER:-PT15M',
        'TRIGGER:P99999999999D',
        'DUE:99999999T999999Z',
        'CATEGORIES:a,b c',
        ' folded',
        'PERCENT-COMPLETE:NaN',
        'DTSTART:',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    ),
    { maxLength: 25 },
  )
  .chain((lines) => fc.constantFrom(lines, ['BEGIN:VCALENDAR', 'BEGIN:VTODO', ...lines, 'END:VTODO', 'END:VCALENDAR']))
  .map((lines) => lines.join('\r\n'))

function addressOf({ path }: Operation, request: Request): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encode(request.path[name]))
  const query = Object.entries(request.query).flatMap(([name, value]) =>
    [value].flat().map((item) => `${encode(name)}=${encode(item)}`),
  )
  return `${filled}?${query.join('&')}`
}

/** As a client would send it, lone halves of pairs and all. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text === '.' || text === '..' ? '%2E' : encodeURIComponent(text.toWellFormed())
}

async function send(operation: Operation, request: Request): Promise<Answer> {
  const headers = { ...request.headers }
  if (headers['idempotency-key'] === 'fresh') headers['idempotency-key'] = uuidv7()
  const body = operation.method === 'GET' ? undefined : request.body
  const type = Object.keys(operation.bodies)[0]
  if (type && body !== undefined) headers['content-type'] ??= type
  return ada.call(
    operation.method,
    addressOf(operation, request),
    typeof body === 'string' && type?.includes('json') ? JSON.stringify(body) : body,
    headers,
  )
}

test('whatever is sent to any endpoint, the answer is never a failure of ours, and a refusal is always a problem', async () => {
  const statuses = new Map<number, number>()
  for (const operation of operations) {
    const known = await thingsFor(operation)
    const property = fc.asyncProperty(requestFor(operation, known), async (request) => {
      const answer = await send(operation, request)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      expect([answer.status, answer.body], 'a failure of ours').toEqual([
        expect.toSatisfy((status: number) => status < 500),
        expect.anything(),
      ])
      if (answer.status >= 400) expect(problemProblems(answer)).toEqual([])
    })
    const name = `${operation.method} ${operation.path}`
    await fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true }).catch((cause: unknown) => {
      throw new Error(`${name}: ${(cause as Error).message}`, { cause })
    })
  }
  const told = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.log(`fuzz: ${operations.length} operations, answers ${told.join(', ')}`)
  expect(statuses.get(200) ?? 0, 'some of it is valid').toBeGreaterThan(operations.length)
  expect(app.failures()).toEqual([])
}, 600_000)

const AUTH_PATHS = ['sign-up/email', 'sign-in/email', 'sign-out', 'change-password', 'update-user', 'delete-user', 'x']
const AUTH_BODY = valueFor(
  {
    type: 'object',
    properties: Object.fromEntries(
      ['name', 'email', 'password', 'currentPassword', 'newPassword', 'timeZone', 'locale', 'image', 'callbackURL'].map(
        (name) => [name, { type: 'string' }],
      ),
    ),
  },
  () => [],
)

test('nor is it at the doors of the accounts', async () => {
  const eve = await app.signUp('Eve')
  const property = fc.asyncProperty(fc.constantFrom(...AUTH_PATHS), AUTH_BODY, async (path, body) => {
    const filled =
      path === 'sign-up/email'
        ? { email: `${uuidv7()}@example.org`, password: 'long enough', ...(body as object) }
        : body
    const { status } = await eve.call('POST', `/api/auth/${path}`, JSON.stringify(filled))
    expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code < 500)])
  })
  await fc.assert(property, { seed: SEED, numRuns: RUNS * 4, endOnFailure: true })
}, 600_000)

test('and the app is as well as before', async () => {
  const task = await ada.createTask({ title: 'After', due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await ada.complete(task)
  await ada.nextAfter(task, 15_000)
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
})
