import type { DestinationStream } from 'pino'

interface Entry {
  level: string
  time: string
  service?: string
  msg?: string
  mail?: Record<string, string>
  [field: string]: unknown
}

/** Where the log goes: lines for people on a terminal, JSON for programs elsewhere. */
export function consoleLog(output: NodeJS.WriteStream): DestinationStream {
  return { write: (line) => void output.write(output.isTTY ? readable(line) : line) }
}

/** `14:03:12 warn  backend: what happened (error: why)`; a mail in full below it. */
export function readable(line: string): string {
  const { level, time, service, msg = '', mail, name: _name, ...rest } = JSON.parse(line) as Entry
  const details = Object.entries(rest).map(([field, value]) => `${field}: ${asText(value)}`)
  const inBrackets = details.length > 0 ? ` (${details.join(', ')})` : ''
  const head = `${clock(time)} ${level.padEnd(5)} ${service ? `${service}: ` : ''}${msg}${inBrackets}\n`
  return mail ? `${head}${mailText(mail)}` : head
}

function mailText({ text = '', ...headers }: Record<string, string>): string {
  const lines = [...Object.entries(headers).map(([field, value]) => `${field}: ${value}`), '', ...text.split('\n')]
  return `${lines.map((line) => `  | ${line}`.trimEnd()).join('\n')}\n`
}

function clock(time: string): string {
  return new Date(time).toTimeString().slice(0, 8)
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
