// The distributed mode as a program of its own, with services that do nothing.
import { fileURLToPath } from 'node:url'
import { SERVICE_NAMES } from '@todo/platform/service'
import { live } from '@todo/standalone/life'
import { startDistributed } from '../../src/distributed.ts'
import type { ServiceMains } from '../../src/services.ts'

const stub = fileURLToPath(new URL('./stub-service.ts', import.meta.url))
const mains = Object.fromEntries(SERVICE_NAMES.map((name) => [name, stub])) as ServiceMains
const say = (line: string) => process.stdout.write(`${line}\n`)

await live({
  start: (onLost, signal) =>
    startDistributed(process.env, {
      logTo: process.stdout,
      onLine: (service, line) => say(`${service}: ${line}`),
      tell: say,
      onLost,
      signal,
      mains,
    }),
  announce: ({ url, table }) => say(`Todo Cloud runs on ${url}\n${table()}`),
  debug: true,
})
