import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command, DOKS } from './support/command.ts'

let folder: string
let asked: string[]
const api = createServer((request, response) => {
  asked.push(`${request.headers.authorization} ${request.url}`)
  const isKnown = request.headers.authorization === 'Bearer known'
  response.writeHead(isKnown ? 200 : 401).end(isKnown ? 'a secret' : '{"id":"Unauthorized"}')
})

beforeAll(async () => {
  asked = []
  folder = await mkdtemp(join(tmpdir(), 'todo-cloud-credentials-'))
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await new Promise((resolve) => api.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

const credentials = (args: string[], token: string) =>
  command(`${DOKS}/credentials.sh`, args, {
    env: {
      DIGITALOCEAN_API: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      DIGITALOCEAN_TOKEN: token,
      DOCKER_CONFIG: join(folder, 'docker'),
      KUBECONFIG: join(folder, 'kubeconfig'),
    },
  })

test.each([
  {
    of: 'the registry',
    args: ['registry', '1800'],
    file: 'docker/config.json',
    path: '/v2/registry/docker-credentials?read_write=true&expiry_seconds=1800',
  },
  {
    of: 'the cluster',
    args: ['cluster', 'c0ffee', '900'],
    file: 'kubeconfig',
    path: '/v2/kubernetes/clusters/c0ffee/kubeconfig?expiry_seconds=900',
  },
])('credentials of $of end by themselves, and only their owner can read them', async ({ args, file, path }) => {
  expect(await credentials(args, 'known')).toMatchObject({ code: 0, stdout: '', stderr: '' })
  expect(asked.at(-1)).toBe(`Bearer known ${path}`)
  expect(await readFile(join(folder, file), 'utf8')).toBe('a secret')
  expect((await stat(join(folder, file))).mode & 0o077).toBe(0)
})

test('a token that is refused ends the step, and is told nowhere', async () => {
  const { code, stdout, stderr } = await credentials(['registry', '1800'], 'stolen-and-revoked')
  expect(code).not.toBe(0)
  expect(stderr).toContain('401')
  expect(stdout + stderr).not.toContain('stolen-and-revoked')
})
