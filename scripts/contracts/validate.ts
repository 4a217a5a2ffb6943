import { createRequire } from 'node:module'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const require = createRequire(import.meta.url)

/** What the official JSON Schema of AsyncAPI 3.0 finds wrong; empty when all is well. */
export function asyncApiProblems(document: object): string[] {
  const schema = require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  if (validate(document)) return danglingReferences(document)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** What the official JSON Schema of OpenAPI 3.1 finds wrong; empty when all is well. */
export async function openApiProblems(document: Record<string, unknown>): Promise<string[]> {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  return valid ? danglingReferences(document) : [errors].flat().map((error) => JSON.stringify(error))
}

/** The schemas of both formats let a `$ref` point to nothing. */
function danglingReferences(document: object): string[] {
  const references = JSON.stringify(document).matchAll(/"\$ref":"#([^"]*)"/g)
  const pointers = new Set([...references].map(([, pointer]) => pointer ?? ''))
  return [...pointers].filter((pointer) => resolve(document, pointer) === undefined).map((p) => `nothing is at #${p}`)
}

function resolve(document: object, pointer: string): unknown {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<unknown>((at, step) => {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    return (at as Record<string, unknown> | undefined)?.[key]
  }, document)
}
