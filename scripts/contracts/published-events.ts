import { readFile } from 'node:fs/promises'
import { EVENT_NAMES, eventType, events } from '@todo/model/events'
import { parseEvent } from '@todo/model/parse-event'
import { z } from 'zod'
import { incompatibilities } from './compatibility.ts'
import type { JsonSchema } from './compatibility.ts'

/** An event as it was published: the schema of its data, and some that really were on the bus. */
export interface PublishedEvent {
  schema: JsonSchema
  corpus: { id: string; type: string; data: unknown }[]
}

/** By CloudEvent type, with its version. */
export type PublishedEvents = Record<string, PublishedEvent>

const FILE = new URL('../../specs/005-cloud-event-deploy/contracts/published-events.json', import.meta.url)
/** So many of a type are kept: enough for its shapes, and few enough to read. */
const MOST_KEPT = 4

export async function readPublished(): Promise<PublishedEvents> {
  return JSON.parse(await readFile(FILE, 'utf8').catch(() => '{}')) as PublishedEvents
}

export function declaredSchemas(): Record<string, JsonSchema> {
  const schemaOf = (name: (typeof EVENT_NAMES)[number]) => {
    const { $schema: _, ...schema } = z.toJSONSchema(events[name].data, { target: 'draft-7', io: 'input' })
    return schema as JsonSchema
  }
  return Object.fromEntries(EVENT_NAMES.map((name) => [eventType(name), schemaOf(name)]))
}

/** What a consumer or an event of before would stumble over; empty when everything published lives on. */
export function publishedProblems(published: PublishedEvents, declared = declaredSchemas()): string[] {
  return Object.entries(published).flatMap(([type, { schema, corpus }]) => {
    const current = declared[type]
    if (!current) return [`${type} is gone: topics and dead letters still hold it`]
    const unread = corpus.flatMap((event) => {
      const parsed = parseEvent(event)
      return parsed.ok ? [] : [`${type}: the published event ${event.id} is refused: ${parsed.message}`]
    })
    return [...incompatibilities(schema, current, type), ...unread]
  })
}

/** Types that nobody has published yet. */
export function unpublishedTypes(published: PublishedEvents): string[] {
  return Object.keys(declaredSchemas()).filter((type) => !published[type])
}

/**
 * What is published from now on: the present schemas, and events of each shape among those seen.
 * @throws when what was published before would not live on
 */
export function publish(
  published: PublishedEvents,
  seen: PublishedEvent['corpus'],
  declared = declaredSchemas(),
): PublishedEvents {
  const problems = publishedProblems(published, declared)
  if (problems.length > 0) throw new Error(`This would break what was published:\n${problems.join('\n')}`)
  return Object.fromEntries(
    Object.entries(declared).map(([type, schema]) => {
      const known = published[type]?.corpus ?? []
      const corpus = [...known, ...seen.filter((event) => event.type === type)]
      return [type, { schema, corpus: differentShapes(corpus).slice(0, MOST_KEPT) }]
    }),
  )
}

/** The first of each shape, in their order: what was kept before stays in its place. */
function differentShapes<T>(values: T[]): T[] {
  return [...Map.groupBy(values, shapeOf).values()].map(([first]) => first!)
}

/** The value without its texts and numbers: which fields are there, and of which kind. */
function shapeOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'object' && part !== null ? part : typeof part))
}
