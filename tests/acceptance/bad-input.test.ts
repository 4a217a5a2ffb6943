import { describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day, inMs } from './support/days.ts'
import { problemProblems } from './support/problem.ts'
import type { Answer, Method, Person } from './support/person.ts'

let app: App
let ada: Person
let taskId: string
let listId: string
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
  listId = (await ada.ok('POST', '/lists', { name: 'Mine' })).id
  taskId = (await ada.createTask({ title: 'Mine', due: { date: day(1) } })).id
})

function expectProblem(answer: Answer, status: number, field?: string): void {
  expect(problemProblems(answer)).toEqual([])
  expect(answer.status).toBe(status)
  if (field !== undefined) expect(answer.body.errors?.map((error: { field: string }) => error.field)).toContain(field)
}

const daily = { rule: 'FREQ=DAILY' }

describe('a wrong field is named, with what would be right', () => {
  test.each<[string, string, unknown]>([
    ['no title', 'title', {}],
    ['an empty title', 'title', { title: '  ' }],
    ['a long title', 'title', { title: 'x'.repeat(501) }],
    ['a title that is a number', 'title', { title: 7 }],
    ['a title that is null', 'title', { title: null }],
    ['an unknown field', 'colour', { title: 'x', colour: 'red' }],
    ['an unknown field within', 'due.day', { title: 'x', due: { date: day(1), day: 1 } }],
    ['a priority that is none', 'priority', { title: 'x', priority: 'urgent' }],
    ['a day that does not exist', 'due.date', { title: 'x', due: { date: '2026-02-30' } }],
    ['a day in another format', 'due.date', { title: 'x', due: { date: '1/2/2026' } }],
    ['a time that does not exist', 'due.time', { title: 'x', due: { date: day(1), time: '24:00' } }],
    [
      'a zone that does not exist',
      'due.timeZone',
      { title: 'x', due: { date: day(1), time: '09:00', timeZone: 'UTC+1' } },
    ],
    ['a tag with a space', 'tags.0', { title: 'x', tags: ['two words'] }],
    ['too many tags', 'tags', { title: 'x', tags: Array.from({ length: 31 }, (_, n) => `t${n}`) }],
    [
      'a rule that is none',
      'recurrence.rule',
      { title: 'x', due: { date: day(1) }, recurrence: { rule: 'every day' } },
    ],
    [
      'a rule that never happens',
      'recurrence.rule',
      { title: 'x', due: { date: day(1) }, recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } },
    ],
    [
      'an interval of nothing',
      'recurrence.rule',
      { title: 'x', due: { date: day(1) }, recurrence: { rule: 'FREQ=DAILY;INTERVAL=0' } },
    ],
    [
      'an anchor that is none',
      'recurrence.anchor',
      { title: 'x', due: { date: day(1) }, recurrence: { ...daily, anchor: 'start' } },
    ],
    ['recurrence without a due date', 'due', { title: 'x', recurrence: daily }],
    ['a reminder before nothing', 'reminders.0', { title: 'x', reminders: [{ kind: 'relative', minutesBefore: 5 }] }],
    ['a reminder long past', 'reminders.0', { title: 'x', reminders: [{ kind: 'absolute', at: inMs(-90_000_000) }] }],
    [
      'a reminder without an offset',
      'reminders.0.at',
      { title: 'x', reminders: [{ kind: 'absolute', at: '2040-01-01T09:00' }] },
    ],
    [
      'a reminder after the fact',
      'reminders.0.minutesBefore',
      { title: 'x', due: { date: day(1) }, reminders: [{ kind: 'relative', minutesBefore: -5 }] },
    ],
    ['an id that is none', 'id', { title: 'x', id: '1' }],
    ['an array', 'body', []],
    ['a text', 'body', '"x"'],
  ])('%s: %s', async (_what, field, body) => {
    const answer = await ada.call('POST', '/tasks', body)
    expectProblem(answer, 400, field)
    const message = answer.body.errors.find((error: { field: string }) => error.field === field).message
    expect(message).toMatch(/^(must|is|has|needs|would|cannot|never|it)\b/)
  })

  test.each<[string, string]>([
    ['sort=colour', 'sort'],
    ['order=up', 'order'],
    ['state=done', 'state'],
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['limit=100000', 'limit'],
    ['dueFrom=tomorrow', 'dueFrom'],
    ['priority=high,urgent', 'priority.1'],
    ['listId=inbox', 'listId.0'],
    ['hasDue=maybe', 'hasDue'],
    ['cursor=%00', 'cursor'],
    ['colour=red', 'colour'],
    [`q=${'x'.repeat(201)}`, 'q'],
  ])('in a query: %s', async (query, field) => {
    expectProblem(await ada.call('GET', `/tasks?${query}`), 400, field)
  })

  const keys = { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) }
  const push = { kind: 'web-push', name: 'x', endpoint: 'https://push.example.org/1', keys }
  const ntfy = { kind: 'ntfy', name: 'x', server: 'https://ntfy.example.org', topic: 'x' }
  test.each<[string, string, unknown]>([
    ['a kind that is none', 'kind', { kind: 'pigeon', name: 'x' }],
    ['a channel of ours', 'kind', { kind: 'email', name: 'x' }],
    ['an address without a scheme', 'url', { kind: 'webhook', name: 'x', url: 'hooks.example.org' }],
    ['an address of a file', 'url', { kind: 'webhook', name: 'x', url: 'file:///etc/passwd' }],
    ['an address with a password', 'url', { kind: 'webhook', name: 'x', url: 'https://a:b@hooks.example.org' }],
    ['an endless address', 'url', { kind: 'webhook', name: 'x', url: `https://example.org/${'x'.repeat(2_000)}` }],
    ['no name', 'name', { kind: 'webhook', url: 'https://hooks.example.org' }],
    ['a key of another length', 'keys.p256dh', { ...push, keys: { ...keys, p256dh: 'AAAA' } }],
    ['a key that is no base64url', 'keys.auth', { ...push, keys: { ...keys, auth: '!'.repeat(22) } }],
    ['a topic with a slash', 'topic', { ...ntfy, topic: 'a/b' }],
    ['an empty token', 'token', { ...ntfy, token: '' }],
    ['a token that no header can hold', 'token', { ...ntfy, token: 'tk_1\n' }],
    ['a field of another kind', 'url', { ...ntfy, url: 'https://hooks.example.org' }],
  ])('of a channel, %s: %s', async (_what, field, body) => {
    expectProblem(await ada.call('POST', '/channels', body), 400, field)
  })

  test('several at once are all named', async () => {
    const { body } = await ada.call('POST', '/tasks', { title: '', priority: 'x', tags: ['a b'], due: { date: 'x' } })
    expect(body.errors.map((error: { field: string }) => error.field).toSorted()).toEqual([
      'due.date',
      'priority',
      'tags.0',
      'title',
    ])
  })
})

describe('a wrong request is refused for what it is', () => {
  const cases: [string, number, Method, string, unknown?, Record<string, string>?][] = [
    ['JSON that is none', 400, 'POST', '/tasks', '{"title":'],
    ['nothing where something is needed', 400, 'POST', '/tasks', ''],
    ['a form', 415, 'POST', '/tasks', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['XML', 415, 'POST', '/tasks', '<task/>', { 'content-type': 'text/xml' }],
    ['two megabytes', 413, 'POST', '/tasks', { title: 'x', notes: 'x'.repeat(2_000_000) }],
    ['an address that is none', 404, 'GET', '/tusks'],
    ['an id that is none', 400, 'GET', '/tasks/1'],
    ['an id with something behind', 400, 'GET', `/tasks/${uuidv7()}'--`],
    ['a query where there is nothing to ask for', 400, 'GET', 'TASK?fields=title'],
    ['an id that nobody has', 404, 'GET', `/tasks/${uuidv7()}`],
    ['half of a percent sign', 400, 'GET', '/tasks/%E0%A4%A'],
    ['an If-Match that is none', 400, 'PATCH', 'TASK', { title: 'x' }, { 'if-match': 'yesterday' }],
    ['an empty Idempotency-Key', 400, 'POST', '/tasks', { title: 'x' }, { 'idempotency-key': '' }],
    ['an endless Idempotency-Key', 400, 'POST', '/tasks', { title: 'x' }, { 'idempotency-key': 'x'.repeat(256) }],
    ['a list that is not there', 404, 'POST', '/tasks', { title: 'x', listId: uuidv7() }],
    ['a place after nothing', 404, 'POST', 'TASK/reorder', { after: uuidv7() }],
    ['a subtask that is not there', 404, 'PATCH', `TASK/subtasks/${uuidv7()}`, { completed: true }],
    ['a batch of nothing', 400, 'POST', '/tasks/batch', { action: 'complete', ids: [] }],
    ['a batch that does what it cannot', 400, 'POST', '/tasks/batch', { action: 'explode', ids: [uuidv7()] }],
    [
      'a batch of too many',
      400,
      'POST',
      '/tasks/batch',
      { action: 'delete', ids: Array.from({ length: 501 }, () => uuidv7()) },
    ],
    ['a body that a complete does not take', 400, 'POST', 'TASK/complete', { at: 'noon' }],
    ['clearing the date of what recurs', 400, 'PATCH', 'SERIES', { due: null }],
    ['a name for nothing', 400, 'POST', '/lists', { name: '' }],
    ['a colour that is none', 400, 'PATCH', 'LIST', { color: 'mauve' }],
    ['a tag that nobody uses', 404, 'PATCH', '/tags/unused', { color: 'red' }],
    ['a channel that is none', 400, 'POST', '/channels/pigeon/test'],
    ['switching off the app', 400, 'PATCH', '/channels/in-app', { isOn: false }],
    ['removing what everybody has', 400, 'DELETE', '/channels/email'],
    [
      'a rule of too many to show',
      400,
      'POST',
      '/recurrence/preview',
      { ...daily, start: '2040-01-01', timeZone: 'UTC', count: 51 },
    ],
  ]
  test.each(cases)('%s: %i', async (_what, status, method, path, body, headers) => {
    const series = path === 'SERIES' ? await ada.createTask({ due: { date: day(1) }, recurrence: daily }) : null
    const address = path
      .replace('SERIES', `/tasks/${series?.id}`)
      .replace('TASK', `/tasks/${taskId}`)
      .replace('LIST', `/lists/${listId}`)
    expectProblem(await ada.call(method, address, body, headers), status)
  })

  test('the content that is fine is taken whole, whatever it is', async () => {
    const odd = [
      '<script>alert(1)</script>',
      "'; drop table task; --",
      '${7*7}',
      '../../etc/passwd',
      '\u202Eevil',
      '👩‍👩‍👧‍👦',
      'ﬁ',
      '\\',
    ]
    for (const title of odd) {
      const { id } = await ada.createTask({ title, notes: title })
      expect(await ada.task(id)).toMatchObject({ title, notes: title })
    }
  })

  test.each([
    { title: 'a\u0000b' },
    { title: 'x', notes: '\u0000' },
    { title: '\ud800' },
    { title: 'x', tags: ['\ud800'] },
  ])('text that no database keeps is refused: %j', async (body) => {
    expectProblem(await ada.call('POST', '/tasks', body), 400)
  })
})
