import { SERVICE_NAMES } from '@todo/platform/service'
import type { Fault, Scene, Struck } from '../support/fault.ts'

export const RESTART_FAULTS: Fault[] = [
  {
    kind: 'restart',
    name: 'a rolling restart of two replicas of each service and sidecar',
    replicas: 2,
    seconds: 90,
    strike: rollingRestart,
  },
]

/** One process after the other, each told to end in order, and back before the next one is. */
async function rollingRestart({ app, random }: Scene): Promise<Struck> {
  const { replicas } = app
  const pairs = random.shuffle(
    SERVICE_NAMES.flatMap((service) =>
      Array.from({ length: replicas }, (_, index) => (index === 0 ? service : `${service}-${index + 1}`)),
    ),
  )
  const took: { name: string; ms: number }[] = []
  for (const name of pairs.flatMap((replica) => [replica, `${replica}-sidecar`])) {
    const since = Date.now()
    const { pid } = await app.process(name)
    process.kill(pid, 'SIGTERM')
    await app.back(name, pid)
    took.push({ name, ms: Date.now() - since })
  }
  const slowest = took.toSorted((a, b) => b.ms - a.ms)[0]!
  return { point: `${took.length} processes, the slowest ${slowest.name} in ${slowest.ms} ms` }
}
