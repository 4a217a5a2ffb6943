import fastJsonStringify from 'fast-json-stringify'
import type { FastifySchemaCompiler, FastifySerializerCompiler, FastifyTypeProvider } from 'fastify'
import { z } from 'zod'
import { invalidRequest } from './problem.ts'

/** Types a route's request and answer from its zod schemas. */
export interface ZodTypes extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown
  serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : unknown
}

export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (value) => {
    const parsed = schema.safeParse(value ?? {})
    return parsed.success ? { value: parsed.data } : { error: invalidRequest(parsed.error, httpPart ?? 'body', value) }
  }

/** Answers are written by code compiled from the schema: what the database returned is not parsed a second time. */
export const serializerCompiler: FastifySerializerCompiler<z.ZodType> = ({ schema }) =>
  fastJsonStringify(writable(jsonSchema(schema, 'output')) as never)

/** The JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a request (`input`) or an answer (`output`). */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })
  return rest
}

type Json = Record<string, unknown>

/**
 * The same schema in the form that is fast to write by: nullable instead of a union with null, and unions of objects
 * left to JSON.stringify, since choosing a branch would validate every value.
 */
function writable(schema: Json): Json {
  const branches = (schema.anyOf ?? schema.oneOf) as Json[] | undefined
  if (branches) {
    const [only, ...others] = branches.filter((branch) => branch.type !== 'null')
    if (!only || others.length > 0 || only.anyOf || only.oneOf) return {}
    return { ...writable(only), nullable: true }
  }
  const {
    pattern: _pattern,
    format: _format,
    description: _description,
    minimum: _min,
    maximum: _max,
    ...rest
  } = schema
  if (rest.prefixItems) return {}
  if (rest.properties) {
    const properties = Object.entries(rest.properties as Record<string, Json>)
    rest.properties = Object.fromEntries(properties.map(([name, property]) => [name, writable(property)]))
  }
  if (rest.items) rest.items = writable(rest.items as Json)
  if (typeof rest.additionalProperties === 'object' && rest.additionalProperties !== null)
    rest.additionalProperties = true
  delete rest.propertyNames
  return rest
}
