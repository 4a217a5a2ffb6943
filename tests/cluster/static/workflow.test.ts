import { beforeAll, expect, test } from 'vitest'
import config from '../../../vitest.config.ts'
import { command } from './support/command.ts'
import { readWorkflow, WORKFLOW } from './support/workflow.ts'
import type { Workflow } from './support/workflow.ts'

let text: string
let workflow: Workflow
beforeAll(async () => {
  ;({ text, workflow } = await readWorkflow())
})

test('actionlint has nothing to say of the pipeline, nor shellcheck of its scripts', async () => {
  expect((await command('shellcheck', ['--version'])).code).toBe(0)
  const { code, stdout, stderr } = await command('actionlint', ['-no-color', '-shellcheck', 'shellcheck', WORKFLOW])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('every action is pinned by its commit, with its version beside it, and is the same wherever it is used', () => {
  const uses = [...text.matchAll(/^\s+(?:- )?uses: (.+)$/gm)].map(([, what = '']) => what)
  expect(uses.length).toBeGreaterThan(10)
  for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  expect(new Set(uses).size).toBe(new Set(uses.map((use) => use.split('@')[0])).size)
})

test('a job may read the sources and no more; only CodeQL writes its findings', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' })
  const more = Object.entries(workflow.jobs).filter(([, { permissions }]) => permissions)
  expect(more.map(([name, { permissions }]) => [name, permissions])).toEqual([
    ['codeql', { contents: 'read', 'security-events': 'write' }],
  ])
})

test('a secret is only where an environment guards it, on main', () => {
  const knowing = Object.entries(workflow.jobs).filter(([, job]) => JSON.stringify(job).includes('secrets.'))
  expect(knowing.map(([name]) => name)).toEqual(['images', 'deploy'])
  for (const [, job] of knowing) {
    expect(job.environment).toBeDefined()
    expect(job.if).toBe("github.event_name == 'push'")
  }
})

test('no script has an expression in it: what a name says is never run', () => {
  const runs = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
  expect(runs.filter((run) => run.includes('${{'))).toEqual([])
})

test('no checkout leaves its token for the scripts that follow', () => {
  const count = (what: string) => text.split(what).length - 1
  expect(count('persist-credentials: false')).toBe(count('uses: actions/checkout@'))
})

test('every job has an end', () => {
  for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(25)
})

test('nothing is deployed before everything was judged, and never twice at a time', () => {
  const { needs, concurrency, environment } = workflow.jobs.deploy!
  expect(needs).toEqual(['check', 'test', 'distributed', 'chart', 'security', 'images'])
  expect(concurrency).toEqual({ group: 'deploy-production', 'cancel-in-progress': false })
  expect(environment).toMatchObject({ name: 'production' })
})

test('every distributed project has its part, and every shard its runner', () => {
  const projects = (config.test?.projects ?? []).flatMap((project) => {
    const name = typeof project === 'object' && 'test' in project ? project.test?.name : undefined
    return typeof name === 'string' ? [name] : []
  })
  const parts = workflow.jobs.distributed!.strategy!.matrix.include as { project: string; shard: string }[]
  const ofProject = (name: string) => parts.filter(({ project }) => project === name).map(({ shard }) => shard)
  for (const name of projects.filter((name) => name.startsWith('distributed'))) {
    const shards = ofProject(name)
    expect(shards).toEqual(shards.map((_, index) => `${index + 1}/${shards.length}`))
    expect(shards.length).toBeGreaterThan(0)
  }
  expect(workflow.jobs.test!.strategy!.matrix.shard).toEqual([1, 2, 3])
})
