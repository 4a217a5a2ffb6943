import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@todo/platform/free-port'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'
import { levelOf } from '@todo/standalone/mail-notice'
import { StartError } from '@todo/standalone/start-error'
import type { Foundation } from './foundation.ts'
import type { House } from './house.ts'
import { startService } from './service-process.ts'
import { settingsOf } from './services.ts'
import type { Confidences, ServiceMains } from './services.ts'
import { startSidecar } from './sidecar.ts'
import type { ApiTokens } from './sidecar.ts'

const READY_MS = 120_000
const ASK_AGAIN_MS = 100

export interface PairOptions {
  mains: ServiceMains
  foundation: Foundation
  /** What the person has set, and what all of them know. */
  given: Record<string, string>
  confidences: Confidences
  /** Of the first backend, where people come in. */
  port: number
  onLine: (service: string, line: string) => void
}

interface Pair {
  service: ServiceName
  replica: string
  appPort: number
  daprPort: number
  /** Of its sidecar, for other sidecars. */
  internalPort: number
  tokens: ApiTokens
}

/** How a command gets at the sidecar of the backend. */
export interface SidecarAccess {
  daprHttpPort: number
  daprApiToken: string
}

/** Starts every service and its sidecar, and resolves when all of them do their work. */
export async function startPairs(house: House, options: PairOptions): Promise<SidecarAccess> {
  const pairs: Pair[] = []
  for (const service of SERVICE_NAMES) {
    for (let number = 1; number <= house.config.REPLICAS; number++) {
      const isFront = service === 'backend' && number === 1
      pairs.push({
        service,
        replica: number === 1 ? service : `${service}-${number}`,
        appPort: isFront ? options.port : await freePort(),
        daprPort: await freePort(),
        internalPort: await freePort(),
        tokens: { dapr: newToken(), app: newToken() },
      })
    }
  }
  const realtimes = pairs.filter(({ service }) => service === 'realtime')
  // Live streams do not go through the sidecars: they would keep them until they end.
  const REALTIME_URL = realtimes.map(({ appPort }) => `http://127.0.0.1:${appPort}`).join(',')
  const given = { ...options.given, REALTIME_URL }
  await Promise.all(pairs.map((pair) => startPair(house, pair, { ...options, given })))
  const backend = pairs.find(({ service }) => service === 'backend')
  return { daprHttpPort: backend?.daprPort ?? 0, daprApiToken: backend?.tokens.dapr ?? '' }
}

const newToken = () => randomBytes(24).toString('base64url')

async function startPair(house: House, pair: Pair, options: PairOptions): Promise<void> {
  const { failed, fail } = failure()
  await Promise.all([runService(house, pair, options, fail), runSidecar(house, pair, options.foundation)])
  const addresses = [`http://127.0.0.1:${pair.appPort}/readyz`, `http://127.0.0.1:${pair.daprPort}/v1.0/healthz`]
  for (const address of addresses) {
    await Promise.race([house.unlessStopped(untilOk(address, pair.replica)), failed])
  }
}

/** A service that cannot read its settings says so and ends: then trying again is in vain. */
function failure(): { failed: Promise<never>; fail: (error: Error) => void } {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  return { failed: promise, fail: reject }
}

function runService(house: House, pair: Pair, options: PairOptions, fail: (error: Error) => void): Promise<void> {
  const { service, replica, appPort } = pair
  const env = serviceEnv(house, pair, options)
  const onLine = (line: string) => options.onLine(replica, line)
  return house.run({
    name: replica,
    stage: 'services',
    port: appPort,
    start: async (onSpawn) => {
      const child = await startService({ main: options.mains[service], env, onLine, onSpawn })
      void child.exited.then((code) => {
        if (code) fail(new StartError(child.lastWords() || `The service ${replica} ended with code ${code}.`))
      })
      return child
    },
  })
}

function serviceEnv(house: House, pair: Pair, { given, confidences }: PairOptions): Record<string, string> {
  const { service, replica, appPort, daprPort, tokens } = pair
  return {
    ...settingsOf(service, given, confidences),
    LOG_LEVEL: levelOf(service, house.config.LOG_LEVEL, given),
    HOST: '127.0.0.1',
    APP_PORT: String(appPort),
    DAPR_HTTP_PORT: String(daprPort),
    DAPR_API_TOKEN: tokens.dapr,
    APP_API_TOKEN: tokens.app,
    REPLICA: replica,
    // Emptied at each start: the ports in their names are others then.
    NOTES_DIR: join(house.folder, 'run'),
  }
}

function runSidecar(house: House, pair: Pair, foundation: Foundation): Promise<void> {
  const { service, daprPort, ...own } = pair
  const name = `${pair.replica}-sidecar`
  const { componentsFolder, configFiles, schedulerAddress } = foundation
  const settings = { ...own, appId: service, httpPort: daprPort, componentsFolder, configFiles }
  const logFile = join(house.folder, 'logs', `${name}.log`)
  const scheduler = schedulerAddress
  const start = (onSpawn: (pid: number) => void) =>
    startSidecar({ ...house.surroundings, ...settings, scheduler, logFile, onSpawn })
  return house.run({ name, stage: 'sidecars', port: daprPort, start })
}

async function untilOk(address: string, replica: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  let last = 'no answer'
  while (Date.now() < deadline) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (answer?.ok) return
    if (answer) last = `${answer.status} ${(await answer.text()).slice(0, 300)}`
    await delay(ASK_AGAIN_MS)
  }
  throw new StartError(`${replica} was not ready within ${READY_MS / 1_000} s (${address}: ${last}).`)
}
