import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { AppUnderFaults } from '../support/app.ts'
import type { Fault, Scene, Struck } from '../support/fault.ts'
import { signal } from '../support/machine-processes.ts'

const AWAY_SECONDS = [20, 90]
const START_SECONDS = 45

export const ABSENCE_FAULTS: Fault[] = [
  ...AWAY_SECONDS.map((seconds): Fault => {
    const name = `Kafka away for ${seconds} s under writes`
    return { kind: 'absence', name, replicas: 1, seconds, strike: (scene) => kafkaAway(scene, seconds) }
  }),
  {
    kind: 'absence',
    name: 'Kafka absent while every service and sidecar starts',
    replicas: 2,
    seconds: START_SECONDS,
    strike: kafkaAbsentAtStart,
  },
  {
    kind: 'absence',
    name: "the scheduler's data folder deleted",
    replicas: 1,
    seconds: 5,
    strike: schedulerForgets,
  },
]

async function kafkaAway({ app }: Scene, seconds: number): Promise<Struck> {
  await withoutKafka(app, () => delay(seconds * 1_000))
  return { point: 'its port was closed meanwhile' }
}

/** The backends one after the other, so that there is always one: what they do while they start, they do without Kafka. */
async function kafkaAbsentAtStart({ app }: Scene): Promise<Struck> {
  const processes = await app.processes()
  const isBackend = (name: string) => /^backend(-\d+)?$/.test(name)
  const ours = processes.filter(({ name }) => SERVICE_NAMES.some((service) => name.startsWith(service)))
  const others = ours.filter(({ name }) => !isBackend(name))
  const backends = ours.filter(({ name }) => isBackend(name))
  await withoutKafka(app, async () => {
    for (const { pid } of others) signal(pid, 'SIGKILL')
    for (const { name, pid } of backends) {
      signal(pid, 'SIGKILL')
      await app.back(name, pid)
    }
    await delay(START_SECONDS * 1_000)
  })
  for (const { name } of others) await app.working(name)
  return { point: `${ours.length} processes started without it` }
}

async function withoutKafka(app: AppUnderFaults, meanwhile: () => Promise<unknown>): Promise<void> {
  const { pid } = await app.process('kafka')
  await app.java.hold()
  try {
    signal(pid, 'SIGKILL')
    await meanwhile()
    if (await isThere(app)) throw new Error('Kafka was there')
  } finally {
    await app.java.release()
  }
  // What waited is ended: its start would count the time, and be given up in the middle.
  const { pid: waiting } = await app.process('kafka')
  signal(waiting, 'SIGKILL')
  await app.back('kafka', waiting)
}

function isThere(app: AppUnderFaults): Promise<boolean> {
  return app.working('kafka', 1_000).then(
    () => true,
    () => false,
  )
}

/** Stopped first: it must write nothing more, and it is killed before it could end in order. */
async function schedulerForgets({ app }: Scene): Promise<Struck> {
  const { pid } = await app.process('scheduler')
  signal(pid, 'SIGSTOP')
  await rm(join(app.dataFolder, 'distributed', 'scheduler', 'jobs'), { recursive: true })
  signal(pid, 'SIGKILL')
  await app.back('scheduler', pid)
  return { point: `process ${pid} began anew` }
}
