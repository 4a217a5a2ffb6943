import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { kafkaJars } from '../src/kafka-jars.ts'
import { tempFolder } from './support/temp-folder.ts'

async function mirror(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/maven2/`
}

test('a jar that is not the one that was pinned is refused, and nothing of Kafka is kept', async () => {
  const asked: string[] = []
  const MAVEN_REPOSITORY_URL = await mirror(({ url = '' }, response) => {
    asked.push(url)
    response.end('something else')
  })
  const XDG_CACHE_HOME = await tempFolder()
  await expect(kafkaJars({ env: { MAVEN_REPOSITORY_URL, XDG_CACHE_HOME } })).rejects.toThrow(
    /\.jar is not the file that is expected \(its SHA-256 is [0-9a-f]{64}\)/,
  )
  expect(asked[0]).toMatch(/^\/maven2\/com\/dynatrace\/hash4j\/hash4j\/[\d.]+\/hash4j-[\d.]+\.jar$/)
  const left = await readdir(join(XDG_CACHE_HOME, 'todo-cloud'))
  // The guard of its lock stays, for the next one to take.
  expect(left.filter((name) => !name.endsWith('.guard'))).toEqual([])
})

test('what cannot be fetched is asked for again, and then told with what could be done', async () => {
  const asked = new Map<string, number>()
  const MAVEN_REPOSITORY_URL = await mirror(({ url = '' }, response) => {
    asked.set(url, (asked.get(url) ?? 0) + 1)
    response.writeHead(503).end()
  })
  const env = { MAVEN_REPOSITORY_URL, XDG_CACHE_HOME: await tempFolder() }
  await expect(kafkaJars({ env })).rejects.toThrow(
    /could not be fetched \(the server answered 503\): try again, or set MAVEN_REPOSITORY_URL/,
  )
  expect(Math.max(...asked.values())).toBe(3)
})
