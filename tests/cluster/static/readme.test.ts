import { access, constants, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command, DOKS, REPOSITORY } from './support/command.ts'
import { commandsIn, readReadme, shellBlocks } from './support/readme.ts'

const blocks = await shellBlocks()
const commands = blocks.flatMap(commandsIn)
const of = (program: string) => commands.filter(([name]) => name === program).map((words) => words.slice(1))

/** Known by their documentation only: they are not here, or need an account. */
const ELSEWHERE = new Set(['docker', 'doctl', 'neonctl', 'psql', 'tofu'])

test('the commands are bash, and shellcheck has nothing to say of them', async () => {
  expect(blocks.length).toBeGreaterThan(15)
  for (const block of blocks) {
    const { stdout } = await command('shellcheck', ['--shell=bash', '-'], { input: block })
    expect(stdout).toBe('')
  }
})

test('every program in them is known', () => {
  const programs = new Set(commands.map(([program]) => program!))
  const checked = [...programs].filter((name) => !ELSEWHERE.has(name) && !name.startsWith('./'))
  expect(checked.toSorted()).toEqual(['helm', 'kubectl', 'node'])
})

test.each([...of('helm'), ...of('kubectl')].map((words) => words.join(' ')))('there is “%s”', async (line) => {
  const program = of('helm').some((words) => words.join(' ') === line) ? 'helm' : 'kubectl'
  const { code, stdout, stderr } = await command(program, [...line.split(' '), '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  // Of a command that there is not, it shows those that there are.
  expect(stdout).toMatch(new RegExp(`^ +${program} ${line.split(' ')[0]}\\b.*$`, 'm'))
})

test('every script and file that it calls or links is there', async () => {
  const folder = join(REPOSITORY, DOKS)
  const scripts = commands.map(([program]) => program!).filter((name) => name.startsWith('./'))
  for (const script of new Set(scripts)) await access(join(folder, script), constants.X_OK)
  for (const [file = ''] of of('node')) await access(join(folder, file))
  const links = [...(await readReadme()).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file = '']) => file)
  for (const link of links) await access(join(folder, link))
  expect([...scripts, ...links].length).toBeGreaterThan(5)
})

test('every place in it that it links is a heading', async () => {
  const readme = await readReadme()
  const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.toLowerCase().replaceAll(' ', '-'))
  const places = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, place = '']) => place)
  expect(places.length).toBeGreaterThan(0)
  for (const place of places) expect(headings).toContain(place)
})

test('the versions that it names are the pinned ones', async () => {
  const pins = await readFile(join(REPOSITORY, DOKS, 'charts.env'), 'utf8')
  const versions = [...pins.matchAll(/^[A-Z_]+=v?(\S+)$/gm)].map(([, version = '']) => version)
  expect(versions).toHaveLength(6)
  const verified = (await readReadme()).split('## What is verified')[1]
  for (const version of versions) expect(verified).toContain(version)
})

test.each([
  ['Traefik', 'traefik', 2],
  ['cert-manager', 'cert-manager', 1],
  ['metrics-server', 'metrics-server', 1],
  ['Dapr', 'dapr', 1],
  ['Strimzi', 'strimzi', 1],
])('what it says that %s asks for is what its values say', async (row, part, copies) => {
  const line = new RegExp(`^\\| ${row}.*\\| (\\d+)m \\| (\\d+) MiB \\|$`, 'm').exec(await readReadme())
  const values = await readFile(join(REPOSITORY, DOKS, `values/${part}.yaml`), 'utf8')
  expect({ cpu: Number(line?.[1]), memory: Number(line?.[2]) }).toEqual(requestsIn(values, copies))
})

/** Of the three schedulers the chart has one value; a Job of the installation is gone afterwards. */
function requestsIn(values: string, copies: number): { cpu: number; memory: number } {
  const lasting = values.replace(/^startupapicheck:\n(?: .*\n)*/m, '')
  let cpu = 0
  let memory = 0
  let section = ''
  for (const line of lasting.split('\n')) {
    section = /^(\w+):/.exec(line)?.[1] ?? section
    const [, milli, mebi] = /requests: \{ cpu: (\d+)m, memory: (\d+)Mi \}/.exec(line) ?? []
    const times = section === 'dapr_scheduler' ? 3 : copies
    cpu += Number(milli ?? 0) * times
    memory += Number(mebi ?? 0) * times
  }
  return { cpu, memory }
}
