import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

type Json = Record<string, unknown>

interface Message {
  name: string
  payload: { $ref: string }
}

interface AsyncApi {
  channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>
  components: { messages: Record<string, Message>; schemas: Record<string, Json> }
}

const FILE = new URL('../../../specs/005-cloud-event-deploy/contracts/asyncapi.yaml', import.meta.url)
const asyncApi = parse(readFileSync(FILE, 'utf8')) as AsyncApi
const validators = new Map<string, ValidateFunction>()
const ajv = new Ajv({ allErrors: true, strict: false })
addFormats.default(ajv)
for (const [name, message] of Object.entries(asyncApi.components.messages)) {
  validators.set(message.name, ajv.compile(closed(asyncApi.components.schemas[name] ?? {})))
}

/** The CloudEvent types that the published document declares. */
export const DECLARED_TYPES = [...validators.keys()]

/** What is wrong with an event by the published AsyncAPI document; empty when nothing is. */
export function contractProblems(event: { type: string }): string[] {
  const validate = validators.get(event.type)
  if (!validate) return ['the document does not declare it']
  if (validate(event)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
}

const PUBLISHED = new URL('../../../specs/005-cloud-event-deploy/contracts/published-events.json', import.meta.url)
const published = JSON.parse(readFileSync(PUBLISHED, 'utf8')) as Record<string, { schema: Json }>
const olderConsumers = new Map(Object.entries(published).map(([type, { schema }]) => [type, ajv.compile(schema)]))

/** What a consumer that knows only what was published, and ignores the rest, could not read in an event. */
export function olderConsumerProblems({ type, data }: { type: string; data: unknown }): string[] {
  const validate = olderConsumers.get(type)
  if (!validate) return [`${type} was not published`]
  return validate(data) ? [] : (validate.errors ?? []).map((error) => `${type}${error.instancePath} ${error.message}`)
}

/** @throws when an event is not as the published AsyncAPI document says */
export function assertContract(events: readonly { type: string }[]): void {
  const problems = events.flatMap((event) => contractProblems(event).map((problem) => `${event.type}: ${problem}`))
  if (problems.length === 0) return
  throw new Error(`Events that are not as specs/…/contracts/asyncapi.yaml says:\n${[...new Set(problems)].join('\n')}`)
}

/** Receivers ignore fields that they do not know; we send none that the document does not. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return ('properties' in inner ? { additionalProperties: false, ...inner } : inner) as T
}
