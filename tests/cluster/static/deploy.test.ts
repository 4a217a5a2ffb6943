import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { command, DOKS, REPOSITORY } from './support/command.ts'
import { standIns } from './support/stand-in.ts'

const HISTORY = JSON.stringify([
  { revision: 6, status: 'superseded' },
  { revision: 7, status: 'deployed' },
  { revision: 8, status: 'failed' },
])

interface Helm {
  history?: string
  /** What it says in the place of a history; of a release that there is not when both are left out. */
  error?: string
  upgrade?: number
  test?: number
}

/** What deploy.sh does with a Helm that behaves so: its exit code and the commands after the look into the history. */
async function deploy(helm: Helm) {
  const { history, error = 'Error: release: not found', upgrade = 0, test = 0 } = helm
  const programs = await standIns({
    helm: `case $1 in
      history) ${history === undefined ? `echo '${error}' >&2; exit 1` : `echo '${history}'`} ;;
      upgrade) exit ${upgrade} ;;
      test) exit ${test} ;;
    esac`,
  })
  try {
    const { code, stderr } = await command(`${DOKS}/deploy.sh`, ['--values', 'digests.json'], {
      env: { PATH: programs.folder },
    })
    const calls = (await programs.calls()).filter((call) => !call.startsWith('helm history'))
    return { code, stderr, calls }
  } finally {
    await programs.close()
  }
}

test('a version that works is upgraded to and tested, with the values it was given', async () => {
  const { code, calls } = await deploy({ history: HISTORY })
  expect(code).toBe(0)
  expect(calls.map((call) => call.split(' ')[1])).toEqual(['upgrade', 'test'])
  expect(calls[0]).toMatch(/--install todo-cloud .*--atomic .*--values digests\.json --namespace todo-cloud$/)
})

test('a version whose test fails goes back to the last one that worked, and the deploy has failed', async () => {
  const { code, calls, stderr } = await deploy({ history: HISTORY, test: 1 })
  expect(code).toBe(1)
  expect(calls.at(-1)).toBe('helm rollback todo-cloud 7 --wait --timeout 6m --namespace todo-cloud')
  expect(stderr).toContain('back to revision 7')
})

test('the first version has nothing to go back to', async () => {
  const { code, calls, stderr } = await deploy({ test: 1 })
  expect(code).toBe(1)
  expect(calls.map((call) => call.split(' ')[1])).toEqual(['upgrade', 'test'])
  expect(stderr).toContain('no earlier one')
})

test('without a look into the history nothing is upgraded: it would not be known what to go back to', async () => {
  const error = 'Error: Kubernetes cluster unreachable: Get "https://c0ffee.k8s.example/version": EOF'
  const { code, calls, stderr } = await deploy({ error })
  expect({ code, calls, stderr }).toEqual({ code: 1, calls: [], stderr: `${error}\n` })
})

test('a version that does not become ready is taken back by Helm, and not tested', async () => {
  const { code, calls } = await deploy({ history: HISTORY, upgrade: 1 })
  expect(code).toBe(1)
  expect(calls.map((call) => call.split(' ')[1])).toEqual(['upgrade'])
})

test('migrations that take too long end by their own deadline, and not by the time of the upgrade', async () => {
  const { calls } = await deploy({ history: HISTORY })
  const minutes = Number(/ --timeout (\d+)m /.exec(calls[0]!)?.[1])
  const values = await readFile(join(REPOSITORY, 'k8s/helm/todo-app-cloud/values.yaml'), 'utf8')
  const { migrations } = parse(values) as { migrations: { deadlineSeconds: number } }
  expect(migrations.deadlineSeconds).toBeLessThan(minutes * 60)
})
