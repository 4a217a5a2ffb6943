import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SERVICE_NAMES } from '@todo/platform/service'
import { command, REPOSITORY, trackedFiles } from './support/command.ts'
import type { Outcome } from './support/command.ts'
import { standIns } from './support/stand-in.ts'
import { readWorkflow, scriptsOf } from './support/workflow.ts'

/** The same command stands there, and is run by it. */
const THE_SAME_IS_IN: Record<string, string> = {
  'check/Install': '.ci/run',
  'check/Check': '.ci/run',
  'check/Build the web app': '.ci/run',
  'check/Size of the web app': '.ci/run',
  'test/Install': '.ci/run',
  'test/Build the web app': '.ci/run',
  'coverage/Install': '.ci/run',
  'distributed/Install': '.ci/run',
  'distributed/Build the web app': '.ci/run',
  'distributed/Runtimes': 'package.json',
  'chart/Install': '.ci/run',
}

const CANNOT_RUN_HERE: Record<string, string> = {
  'test/PgBouncer': 'changes the machine; .ci/run installs it where it is missing',
  'distributed/Redis and PgBouncer': 'changes the machine; .ci/run installs them where they are missing',
  'distributed/Test a part': 'takes a quarter of an hour; npm run test:distributed runs the same projects',
  'chart/Judge it by the schemas of Kubernetes': 'the schemas are on GitHub; the API server judges the chart here',
  'chart/Linters, scripts, backup and restore': 'is what runs this test',
  'chart/Format of the Terraform': 'OpenTofu only builds with a copy of its own of HCL; hclfmt judges the format here',
  'chart/Judge the Terraform by its provider': "the provider is in OpenTofu's registry alone",
  'security/Known holes in what is shipped': 'asks a service of the registry, whose answer changes by the day',
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`
const DIGESTS = JSON.stringify({ image: { digests: Object.fromEntries(SERVICE_NAMES.map((name) => [name, DIGEST])) } })

/** What buildx says of a push of all services. */
function pushed(digest = DIGEST) {
  return Object.fromEntries(SERVICE_NAMES.map((name) => [name, { 'containerimage.digest': digest }]))
}

let scripts: Map<string, string>
let temp: string
let address: string
const asked: string[] = []
/** DigitalOcean's API, and the app at its address. */
const server = createServer((request, response) => {
  asked.push(String(request.url))
  response.end('a secret')
})

beforeAll(async () => {
  scripts = scriptsOf((await readWorkflow()).workflow)
  temp = await mkdtemp(join(tmpdir(), 'todo-cloud-run-steps-'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await rm(temp, { recursive: true, force: true })
})

const ran = new Set<string>()

/** Runs the script of a step as a runner does, with more arguments at its end. */
async function runStep(step: string, env: Record<string, string> = {}, more = ''): Promise<Outcome> {
  const script = scripts.get(step)
  if (!script) throw new Error(`The pipeline has no step ${step}`)
  ran.add(step)
  return command('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', `${script.trimEnd()} ${more}`], {
    env: { RUNNER_TEMP: temp, GITHUB_OUTPUT: join(temp, 'output'), GITHUB_ENV: join(temp, 'env'), ...env },
  })
}

test('a shard runs its third of the tests, and all together are too little when some were left out', async () => {
  const few = 'packages/model/test/t packages/model/test/due packages/model/test/list'
  const elsewhere = '--coverage.reportsDirectory="$RUNNER_TEMP/coverage"'
  for (const shard of ['1', '2', '3']) {
    expect(await runStep('test/Test a shard', { SHARD: shard }, `${few} ${elsewhere}`)).toMatchObject({ code: 0 })
    expect(existsSync(join(temp, 'shards', `${shard}.json`))).toBe(true)
  }
  const { code, stdout, stderr } = await runStep('coverage/Judge the coverage of all shards', {}, elsewhere)
  expect(code).toBe(1)
  expect(stdout + stderr).toMatch(/Coverage for lines \(\d+(\.\d+)?%\) does not meet global threshold \(80%\)/)
})

test('the chart is as it should be, and can be rendered for DigitalOcean and by every example', async () => {
  const examples = await trackedFiles('k8s/helm/todo-app-cloud/examples/*.yaml')
  const all = 1 + examples.length
  const { code, stdout } = await runStep('chart/Lint the chart')
  expect({ code, passed: stdout.match(/0 chart\(s\) failed/g) }).toEqual({
    code: 0,
    passed: Array(all).fill('0 chart(s) failed'),
  })
  expect(await runStep('chart/Render the chart')).toMatchObject({ code: 0 })
  const rendered = await readFile(join(temp, 'rendered.yaml'), 'utf8')
  expect(rendered.match(/^kind: Deployment$/gm)).toHaveLength(all * SERVICE_NAMES.length)
})

test('everything together fits into the two nodes that are paid for', async () => {
  const { code, stdout } = await runStep('chart/All of it fits into two small nodes')
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/ all of it\nThe budget is /) })
})

test('Docker gets the login that the API gives', async () => {
  const env = { DIGITALOCEAN_API: address, DIGITALOCEAN_TOKEN: 't', DOCKER_CONFIG: join(temp, 'docker') }
  expect(await runStep('images/Log in to the registry for half an hour', env)).toMatchObject({ code: 0, stderr: '' })
  expect(await readFile(join(temp, 'docker', 'config.json'), 'utf8')).toBe('a secret')
})

test('the chart gets the digests of what was pushed, and nothing else', async () => {
  const metadata = { ...pushed(), 'buildx.build.warnings': [] }
  const outcome = await runStep('images/Digests', { METADATA: JSON.stringify(metadata) })
  expect(outcome).toMatchObject({ code: 0, stderr: '' })
  expect(await readFile(join(temp, 'output'), 'utf8')).toBe(`digests=${DIGESTS}\n`)
})

test.each([
  { without: 'any', metadata: {}, says: 'no digest of backend, recurring-task, notification, audit, realtime in it' },
  { without: 'two', metadata: { ...pushed(), audit: {}, backend: undefined }, says: 'no digest of backend, audit in' },
  { without: 'a whole', metadata: pushed('sha256:0123'), says: 'no digest of backend, recurring-task' },
])('a push without $without of the digests is not deployed by its tag', async ({ metadata, says }) => {
  const env = { METADATA: JSON.stringify(metadata), GITHUB_OUTPUT: '/dev/null' }
  const { code, stderr } = await runStep('images/Digests', env)
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) })
})

test('the digests are found where no package is installed, as in the job that pushes', async () => {
  const files = ['package.json', 'scripts/image-digests.ts', 'packages/platform/package.json']
  const bare = join(temp, 'bare')
  for (const file of [...files, 'packages/platform/src/service.ts'])
    await cp(join(REPOSITORY, file), join(bare, file), { recursive: true })
  const input = JSON.stringify(pushed())
  const outcome = await command('node', ['scripts/image-digests.ts'], { cwd: bare, input })
  expect(outcome).toEqual({ code: 0, stdout: `${DIGESTS}\n`, stderr: '' })
})

test('later steps know where the credentials of the cluster are', async () => {
  const env = { CLUSTER_ID: 'c0ffee', DIGITALOCEAN_API: address, DIGITALOCEAN_TOKEN: 't' }
  const outcome = await runStep('deploy/Credentials of the cluster for half an hour', env)
  expect(outcome).toMatchObject({ code: 0, stderr: '' })
  expect(asked.at(-1)).toBe('/v2/kubernetes/clusters/c0ffee/kubeconfig?expiry_seconds=1800')
  expect(await readFile(join(temp, 'env'), 'utf8')).toBe(`KUBECONFIG=${join(temp, 'kubeconfig')}\n`)
})

test('Helm gets the digests and the address', async () => {
  const helm = await standIns({ helm: '[ "$1" != history ] || echo "[]"' })
  try {
    const given = { DIGESTS, PUBLIC_URL: 'https://todo.example.org', REGISTRY: 'r.example/x', GITHUB_SHA: 'abc' }
    const env = { ...given, PATH: helm.folder }
    expect(await runStep('deploy/Upgrade, test, and go back by itself', env)).toMatchObject({ code: 0 })
    const upgrade = (await helm.calls()).find((call) => call.startsWith('helm upgrade'))
    expect(upgrade).toContain('--set image.registry=r.example/x --set image.tag=abc')
    expect(upgrade).toContain('--set publicUrl=https://todo.example.org')
    expect(upgrade).toContain(`--values ${join(temp, 'digests.json')}`)
    expect(await readFile(join(temp, 'digests.json'), 'utf8')).toBe(DIGESTS)
  } finally {
    await helm.close()
  }
})

test('after a deploy the app is asked at its address', async () => {
  const outcome = await runStep('deploy/The app answers at its address', { PUBLIC_URL: address })
  expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' })
  expect(asked.at(-1)).toBe('/')
})

test('every script of the pipeline was run above, is run by .ci/run, or has a reason', () => {
  const known = [...ran, ...Object.keys(THE_SAME_IS_IN), ...Object.keys(CANNOT_RUN_HERE)]
  expect([...scripts.keys()].toSorted()).toEqual(known.toSorted())
})

test.each(Object.entries(THE_SAME_IS_IN))('%s is a line of %s', async (step, file) => {
  const text = await readFile(join(REPOSITORY, file), 'utf8')
  expect(scripts.get(step)).toBeDefined()
  expect(text).toContain(scripts.get(step)!.trim())
})
