import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startProcess, untilReady } from '@todo/dapr/child'
import { TOPICS } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { freePort } from '@todo/platform/free-port'

export interface Redis {
  /** host:port */
  address: string
  stop: () => Promise<void>
}

/** A Redis server of its own, gone with everything in it when it is stopped. */
export async function startRedis(): Promise<Redis> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-redis-'))
  const port = await freePort()
  const logFile = join(folder, 'redis.log')
  const settings = { port: String(port), bind: '127.0.0.1', dir: folder, save: '' }
  const server = await startProcess({
    program: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    env: { PATH: process.env.PATH },
    output: logFile,
    stopWithinMs: 5_000,
  })
  const address = `127.0.0.1:${port}`
  const answers = async () => (await ask(address, 'ping')) === 'PONG'
  await untilReady(server, answers, { what: 'Redis', logFile, withinMs: 10_000 })
  return {
    address,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A stream's entry: its id, and names and values of its fields in turn. */
type Entry = [id: string, fields: string[]]

/** Every event that is in the streams now, each once, in the order of their times. */
export async function eventsInStreams(address: string): Promise<TodoEvent[]> {
  const streams = await Promise.all(TOPICS.map((topic) => ask(address, 'xrange', topic, '-', '+')))
  const entries = (streams as Entry[][]).flat()
  const events = entries.map(([, fields]) => JSON.parse(fields[fields.indexOf('data') + 1]!) as TodoEvent)
  const byId = new Map(events.map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))
}

async function ask(address: string, ...command: string[]): Promise<unknown> {
  const [host = '', port = ''] = address.split(':')
  const options = { maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)('redis-cli', ['-h', host, '-p', port, '--json', ...command], options)
  return JSON.parse(stdout)
}
