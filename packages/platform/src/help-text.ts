import { z } from 'zod'

interface Setting {
  description?: string
  default?: unknown
}

/** How to start it, and every setting of the schemas with its description and default. */
export function helpText(head: string, schemas: readonly z.ZodType[]): string {
  const settings = new Map<string, Setting>()
  for (const schema of schemas) {
    const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    for (const [name, setting] of Object.entries(properties)) {
      if (!settings.has(name) && typeof setting === 'object') settings.set(name, setting)
    }
  }
  const width = Math.max(...[...settings.keys()].map((name) => name.length)) + 2
  const lines = [...settings].map(([name, { description = '', default: preset }]) => {
    const inBrackets = preset === undefined ? '' : ` [${typeof preset === 'string' ? preset : JSON.stringify(preset)}]`
    return `  ${name.padEnd(width)}${description}${inBrackets}`
  })
  return `${head}\nWhat can be set, as environment variables:\n${lines.join('\n')}\n`
}
