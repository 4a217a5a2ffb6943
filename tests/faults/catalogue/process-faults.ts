import { setTimeout as delay } from 'node:timers/promises'
import { SERVICE_NAMES } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { Fault, Scene } from '../support/fault.ts'
import { signal, stateOf } from '../support/machine-processes.ts'
import { POINTS } from '../support/points.ts'
import type { PointName } from '../support/points.ts'

const FROZEN_SECONDS = [5, 15, 60]
const RESTART_SECONDS = 4
/** A sidecar is up and asks. */
const ASKING_MS = 10_000
/** Each time the supervisor waits twice as long, beginning with half a second. */
const KILLED_AGAIN = 3
/** A service looks twice, ten seconds apart. */
const REPLACED_MS = 40_000

const SENT_ONLY_KNOWN_TO_THE_SERVER = 'the process ends after the server took the mail, and before that is written down'

/** Two of each service, so that the other one takes over, also what is half done. */
export const POINT_FAULTS: Fault[] = (Object.keys(POINTS) as PointName[]).flatMap((point) => {
  const name = `${POINTS[point].service} ${point}`
  const kill: Fault = {
    kind: 'kill',
    name: `kill -9 ${name}`,
    replicas: 2,
    seconds: RESTART_SECONDS,
    strike: (scene) => killAt(scene, point),
    ...(point === 'between send and record' ? { mayDouble: SENT_ONLY_KNOWN_TO_THE_SERVER } : {}),
  }
  const freezes = FROZEN_SECONDS.map((seconds): Fault => {
    return {
      kind: 'freeze',
      name: `SIGSTOP ${seconds} s ${name}`,
      replicas: 2,
      seconds,
      strike: (scene) => freezeAt(scene, point, seconds),
    }
  })
  return [kill, ...freezes]
})

async function killAt({ app }: Scene, point: PointName): Promise<{ point: string }> {
  const { replica, pid, call } = await app.orders.strike({ point, signal: 'SIGKILL' })
  await app.back(replica, pid)
  return { point: `${replica}, ${call}` }
}

async function freezeAt({ app }: Scene, point: PointName, seconds: number): Promise<{ point: string }> {
  const { replica, pid, call } = await app.orders.strike({ point, signal: 'SIGSTOP' })
  await frozen([pid], seconds)
  await app.working(replica)
  return { point: `${replica}, ${call}` }
}

/** One of each: whoever is struck is the only one that could do its work. */
const ALONE = [...SERVICE_NAMES.map((name) => `${name}-sidecar`), 'audit', 'realtime', 'kafka', 'scheduler', 'postgres']

export const PROCESS_FAULTS: Fault[] = [
  ...ALONE.flatMap(faultsOf),
  {
    kind: 'kill',
    name: 'kill -9 audit while its new sidecar asks it what to bring',
    replicas: 1,
    seconds: 30,
    strike: killWhileAsked,
  },
]

function faultsOf(name: string): Fault[] {
  const rest = { replicas: 1, ...(name === 'postgres' ? { mayRefuse: true } : {}) } as const
  const kill: Fault = {
    kind: 'kill',
    name: `kill -9 ${name}`,
    seconds: RESTART_SECONDS,
    strike: (scene) => kill9(scene, name),
    ...rest,
  }
  const freezes = FROZEN_SECONDS.map((seconds): Fault => {
    return {
      kind: 'freeze',
      name: `SIGSTOP ${seconds} s ${name}`,
      seconds,
      strike: (scene) => freeze(scene, name, seconds),
      ...rest,
    }
  })
  return [kill, ...freezes]
}

async function kill9({ app }: Scene, name: string): Promise<{ point: string }> {
  const [pid = 0] = await app.pidsOf(name)
  if (!signal(pid, 'SIGKILL')) throw new Error(`${name} was gone already`)
  await app.back(name, pid)
  return { point: `process ${pid}` }
}

async function freeze({ app }: Scene, name: string, seconds: number): Promise<{ point: string }> {
  const pids = await app.pidsOf(name)
  for (const pid of pids) signal(pid, 'SIGSTOP')
  await frozen(pids, seconds)
  await app.working(name)
  return { point: `process ${pids[0]}${pids.length > 1 ? ` and ${pids.length - 1} below it` : ''}` }
}

/** The sidecar asks once, and takes what does not answer for a service that wants nothing. */
async function killWhileAsked({ app }: Scene): Promise<{ point: string }> {
  const [audit = 0] = await app.pidsOf('audit')
  const before = await app.process('audit-sidecar')
  signal(audit, 'SIGSTOP')
  signal(before.pid, 'SIGKILL')
  const asking = await app.next('audit-sidecar', before.pid)
  await delay(ASKING_MS)
  // Away for longer than the sidecar asks again: whatever comes up in its place ends too.
  let ended = audit
  signal(ended, 'SIGKILL')
  for (let n = 0; n < KILLED_AGAIN; n++) {
    ended = await app.next('audit', ended)
    signal(ended, 'SIGKILL')
  }
  await app.back('audit', ended)
  const end = await app.next('audit-sidecar', asking, REPLACED_MS).catch(() => null)
  await app.working('audit-sidecar')
  return { point: end ? `process ${asking} knew of nothing, and was replaced` : `process ${asking} asked in time` }
}

/** It was really stopped, and is still there afterwards. @throws otherwise */
async function frozen(pids: readonly number[], seconds: number): Promise<void> {
  const [first = 0] = pids
  await pollUntil(async () => (await stateOf(first)) === 'T', { what: `process ${first} is stopped` })
  await delay(seconds * 1_000)
  const state = await stateOf(first)
  for (const pid of pids) signal(pid, 'SIGCONT')
  if (state !== 'T') throw new Error(`process ${first} did not stay stopped, but is in the state ${state || 'gone'}`)
}
