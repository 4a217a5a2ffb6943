import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { archiveCommand, buildCommand, findBuilder } from '../images/builder.ts'
import { parseCommand } from '../images/command-line.ts'
import { npmrcOf } from '../images/npm-settings.ts'
import { imageName, TARGETS } from '../images/targets.ts'

const DOCKERFILE = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8')

describe('the command line', () => {
  test('without --only means every image, in their own order', () => {
    expect(parseCommand(['--tag', '1.2.0'])).toEqual({ tag: '1.2.0', targets: TARGETS })
    expect(parseCommand(['--tag', '1', '--only', 'backend, topics'])?.targets).toEqual(['topics', 'backend'])
  })

  test.each([
    [['--tag', '1', '--only', 'backend,frontend'], /no image frontend; there are recurring-task, topics/],
    [[], /--tag is needed/],
    [['--tag', 'a b'], /no tag/],
    [['--tag', '1', '--tags', '2'], /npm run images/],
  ])('%j is refused, and says what to do', (args, message) => {
    expect(() => parseCommand(args)).toThrow(message)
  })
})

describe('the builder', () => {
  test('is the one that is named, with its options', () => {
    const buildah = { kind: 'buildah', command: ['/usr/bin/buildah', '--root', '/images'] }
    expect(findBuilder('/usr/bin/buildah --root /images')).toEqual(buildah)
    expect(() => findBuilder('kaniko')).toThrow(/has to begin with docker or buildah/)
  })

  test('is docker where its engine runs, else buildah, else there is advice', () => {
    const only = (...programs: string[]) => findBuilder(undefined, (program) => programs.includes(program))
    expect(only('docker', 'buildah').kind).toBe('docker')
    expect(only('buildah').kind).toBe('buildah')
    expect(() => only()).toThrow(/install Docker .* or install buildah/)
  })

  test('is given the target, the name, the arguments that are set and the secrets', () => {
    const build = { target: 'audit', image: 'r/todo-cloud-audit:1', secrets: { npmrc: '/tmp/npmrc' } } as const
    const args = { VERSION: '1', BASE_IMAGE: undefined }
    const common = ['--target', 'audit', '--tag', 'r/todo-cloud-audit:1', '--build-arg', 'VERSION=1']
    const secret = ['--secret', 'id=npmrc,src=/tmp/npmrc', '.']
    const docker = buildCommand({ kind: 'docker', command: ['docker'] }, { ...build, args })
    expect(docker).toEqual(['docker', 'build', ...common, ...secret])
    const buildah = buildCommand({ kind: 'buildah', command: ['buildah', '--root', '/i'] }, { ...build, args })
    const own = ['--layers', '--format', 'docker']
    expect(buildah).toEqual(['buildah', '--root', '/i', 'build', ...own, ...common, ...secret])
  })

  test('writes archives that keep the name of the image', () => {
    const image = 'localhost/todo-cloud-audit:1'
    const buildah = archiveCommand({ kind: 'buildah', command: ['buildah'] }, image, '/a/todo-cloud-audit.tar')
    expect(buildah.at(-1)).toBe(`docker-archive:/a/todo-cloud-audit.tar:${image}`)
    const docker = archiveCommand({ kind: 'docker', command: ['docker'] }, image, '/a/x.tar')
    expect(docker).toEqual(['docker', 'save', '--output', '/a/x.tar', image])
  })
})

test("the person's npm settings reach the build, with the registry and the certificates of this machine", () => {
  const settings = {
    userConfig: '//r.example.org/:_authToken=${TOKEN}\ncafile=/here/ca.pem\nprefix=/p\n',
    registry: 'https://r',
  }
  expect(npmrcOf(settings, { TOKEN: 't' })).toBe('//r.example.org/:_authToken=t\nregistry=https://r\n')
  expect(npmrcOf({ ...settings, caFile: '/here/ca.pem' }, {})).toContain('\ncafile=/run/secrets/npm-ca\n')
})

test('names of images have the registry in front', () => {
  expect(imageName('backend', { tag: '1' })).toBe('todo-cloud-backend:1')
  expect(imageName('backend', { tag: '1', registry: 'registry.example.org/todo/' })).toBe(
    'registry.example.org/todo/todo-cloud-backend:1',
  )
})

describe('the Dockerfile', () => {
  const stages = DOCKERFILE.split(/^(?=FROM )/m).slice(1)
  const stageOf = (name: string) => stages.find((text) => text.split('\n')[0]?.endsWith(` AS ${name}`)) ?? ''

  test.each(TARGETS)('has a target %s, whose labels come last and whose program takes arguments', (target) => {
    expect(stageOf(target)).toMatch(/^ENTRYPOINT \["node", "[\w/-]+\/src\/main.ts"\]$/m)
    expect(stageOf(target).slice(stageOf(target).indexOf('ARG VERSION'))).not.toMatch(/^(?:RUN (?!:$)|COPY )/m)
  })

  test('pins its base by digest, and takes nothing else from a registry', () => {
    expect(DOCKERFILE).toMatch(/^ARG BASE_IMAGE=docker\.io\/library\/node:24[\w.-]*@sha256:[0-9a-f]{64}$/m)
    const names = new Set(stages.map((text) => /^FROM \S+ AS (\S+)/.exec(text)?.[1]))
    const bases = stages.map((text) => /^FROM (\S+)/.exec(text)?.[1])
    expect(bases.filter((base) => !base?.startsWith('${') && !names.has(base))).toEqual([])
  })
})
