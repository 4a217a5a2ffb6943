import { describe, expect, test } from 'vitest'
import { incompatibilities } from '../contracts/compatibility.ts'
import type { JsonSchema } from '../contracts/compatibility.ts'
import { declaredSchemas, publish, publishedProblems, readPublished } from '../contracts/published-events.ts'

const PUBLISHED: JsonSchema = {
  type: 'object',
  required: ['title', 'priority', 'due', 'tags'],
  properties: {
    title: { type: 'string', description: 'as entered' },
    priority: { type: 'string', enum: ['low', 'high'] },
    due: {
      anyOf: [{ type: 'object', required: ['date'], properties: { date: { type: 'string' } } }, { type: 'null' }],
    },
    tags: { type: 'array', items: { type: 'string' } },
    note: { type: 'string' },
  },
}

function changed(change: (schema: JsonSchema) => void): string[] {
  const current = structuredClone(PUBLISHED)
  change(current)
  return incompatibilities(PUBLISHED, current)
}

describe('a change of an event that is compatible', () => {
  test.each<[string, (schema: JsonSchema) => void]>([
    ['is none', () => {}],
    ['adds a field that may be missing', (schema) => (schema.properties!.color = { type: 'string' })],
    ['says something else about a field', (schema) => (schema.properties!.title!.description = 'what it is called')],
    ['drops a field that could always be missing', (schema) => delete schema.properties!.note],
    ['names the same values in another order', (schema) => (schema.properties!.priority!.enum = ['high', 'low'])],
  ])('%s', (_, change) => expect(changed(change)).toEqual([]))
})

describe('a change of an event that needs a new version', () => {
  test.each<[string, (schema: JsonSchema) => void, RegExp]>([
    ['drops a field', (schema) => delete schema.properties!.title, /data\.title is gone/],
    ['lets a field be missing', (schema) => schema.required!.shift(), /data\.title may be missing now/],
    ['needs a field that could be missing', (schema) => schema.required!.push('note'), /data\.note is needed now/],
    [
      'adds a field that it needs',
      (schema) => {
        schema.properties!.color = { type: 'string' }
        schema.required!.push('color')
      },
      /data\.color is new and needed/,
    ],
    ['changes a type', (schema) => (schema.properties!.title!.type = 'number'), /data\.title: type was "string"/],
    ['widens an enum', (schema) => (schema.properties!.priority!.enum as string[]).push('medium'), /enum was/],
    ['changes what is in a list', (schema) => (schema.properties!.tags!.items = { type: 'object' }), /tags\[items\]/],
    ['takes null away', (schema) => schema.properties!.due!.anyOf!.pop(), /anyOf has 1 parts instead of 2/],
    [
      'drops a field deep inside',
      (schema) => delete schema.properties!.due!.anyOf![0]!.properties!.date,
      /date is gone/,
    ],
  ])('%s', (_, change, problem) => expect(changed(change).join('\n')).toMatch(problem))
})

describe('the published events', () => {
  test('are all still declared, compatible, and read', async () => {
    const published = await readPublished()
    expect(Object.keys(published).toSorted()).toEqual(Object.keys(declaredSchemas()).toSorted())
    for (const { corpus } of Object.values(published)) expect(corpus.length).toBeGreaterThan(0)
    expect(publishedProblems(published)).toEqual([])
  })

  test('that nobody declares any more, or that are refused, are found out', async () => {
    const { 'todo.task.completed.v1': completed } = await readPublished()
    const { data: _, ...broken } = completed!.corpus[0]!
    const problems = publishedProblems({
      'todo.task.folded.v1': completed!,
      'todo.task.completed.v1': { ...completed!, corpus: [broken as never] },
    })
    expect(problems).toEqual([
      expect.stringMatching(/^todo\.task\.folded\.v1 is gone/),
      expect.stringMatching(/^todo\.task\.completed\.v1: the published event .* is refused/),
    ])
  })

  test('keep one event of each shape when more are published', async () => {
    const published = await readPublished()
    const [event] = published['todo.task.completed.v1']!.corpus
    const again = publish(published, [{ ...event!, id: 'another' }])
    expect(again['todo.task.completed.v1']!.corpus).toEqual(published['todo.task.completed.v1']!.corpus)
  })
})

test('what would break an event that was published cannot be published over it, nor can it be dropped', () => {
  const [[type, schema] = ['', {}]] = Object.entries(declaredSchemas())
  const before = { [type]: { schema, corpus: [] } }
  const properties = { ...schema.properties, color: { type: 'string' } }
  const changed = { ...schema, properties, required: [...(schema.required ?? []), 'color'] }
  expect(() => publish(before, [], { ...declaredSchemas(), [type]: changed })).toThrow(/color is new and needed/)
  expect(() => publish(before, [], {})).toThrow(`${type} is gone`)
})
