import type { Method } from './person.ts'

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

export type Schema = Record<string, any>

/** One address and verb of the API, as its own documentation tells of it. */
export interface Operation {
  method: Method
  /** Within /api/v1, with its parameters in braces. */
  path: string
  parameters: Parameter[]
  /** By media type. */
  bodies: Record<string, Schema>
}

interface Documented {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const PREFIX = '/api/v1'

/** Everything under /api/v1 that the running app documents. */
export async function operationsOf(url: string): Promise<Operation[]> {
  const response = await fetch(`${url}/api/openapi.json`)
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Documented>> }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(PREFIX))
    .flatMap(([path, verbs]) => Object.entries(verbs).map(([verb, documented]) => operation(path, verb, documented)))
}

function operation(path: string, verb: string, { parameters = [], requestBody }: Documented): Operation {
  const content = Object.entries(requestBody?.content ?? {})
  return {
    method: verb.toUpperCase() as Method,
    path: path.slice(PREFIX.length),
    parameters,
    bodies: Object.fromEntries(content.map(([type, { schema }]) => [type, schema])),
  }
}
