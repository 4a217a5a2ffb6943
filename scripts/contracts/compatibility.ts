/** JSON Schema draft 7, as far as events use it. */
export interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | JsonSchema[]
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  [keyword: string]: unknown
}

/** Words for people: they let nothing in and keep nothing out. */
const WORDS = new Set(['description', 'title', '$schema', 'default', 'examples'])
const STRUCTURE = new Set(['properties', 'required', 'items', 'additionalProperties', 'anyOf'])

/**
 * What keeps two versions of an event's schema from living side by side: what a consumer of before could not read in an
 * event of now, and the other way round. Only a new field that may be missing is compatible both ways.
 */
export function incompatibilities(published: JsonSchema, current: JsonSchema, path = 'data'): string[] {
  return [
    ...fieldProblems(published, current, path),
    ...ruleProblems(published, current, path),
    ...partProblems(published, current, path),
  ]
}

function fieldProblems(published: JsonSchema, current: JsonSchema, path: string): string[] {
  const before = published.properties ?? {}
  const now = current.properties ?? {}
  const needed = new Set(current.required)
  const promised = new Set(published.required)
  return [
    ...Object.keys(before).flatMap((field) => {
      const at = `${path}.${field}`
      const next = now[field]
      if (!next) return promised.has(field) ? [`${at} is gone: a consumer of before needs it`] : []
      if (promised.has(field) && !needed.has(field)) return [`${at} may be missing now: a consumer of before needs it`]
      if (needed.has(field) && !promised.has(field)) return [`${at} is needed now: an event of before may lack it`]
      return incompatibilities(before[field]!, next, at)
    }),
    ...Object.keys(now)
      .filter((field) => !before[field] && needed.has(field))
      .map((field) => `${path}.${field} is new and needed: an event of before lacks it`),
  ]
}

/** Types, constants, formats and limits: wider is too wide for a consumer of before, narrower for its events. */
function ruleProblems(published: JsonSchema, current: JsonSchema, path: string): string[] {
  const keywords = new Set([...Object.keys(published), ...Object.keys(current)])
  return [...keywords]
    .filter((keyword) => !WORDS.has(keyword) && !STRUCTURE.has(keyword))
    .filter((keyword) => canonical(published[keyword]) !== canonical(current[keyword]))
    .map((keyword) => `${path}: ${keyword} was ${text(published[keyword])} and is ${text(current[keyword])}`)
}

function partProblems(published: JsonSchema, current: JsonSchema, path: string): string[] {
  return (['items', 'additionalProperties', 'anyOf'] as const).flatMap((keyword) => {
    const before = partsOf(published[keyword])
    const now = partsOf(current[keyword])
    if (before.length !== now.length) return [`${path}: ${keyword} has ${now.length} parts instead of ${before.length}`]
    return before.flatMap((part, index) => incompatibilities(part, now[index]!, `${path}[${keyword}]`))
  })
}

function partsOf(value: JsonSchema[] | JsonSchema | boolean | undefined): JsonSchema[] {
  return [value].flat().filter((part) => typeof part === 'object')
}

/** In an enum or a list of types the order says nothing. */
function canonical(value: unknown): string {
  const texts = [value].flat().map((part) => JSON.stringify(part) as string | undefined)
  return texts.toSorted((a = '', b = '') => a.localeCompare(b)).join()
}

function text(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value)
}
