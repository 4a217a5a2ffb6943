import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import { flags, startProcess, untilReady } from './child.ts'
import type { RunningProcess } from './child.ts'
import { daprBinaries } from './dapr-binaries.ts'
import type { Surroundings } from './surroundings.ts'

const READY_MS = 90_000
const STOP_MS = 15_000

/** Each side shows the other one its own. */
export interface ApiTokens {
  /** What the app shows to the sidecar: DAPR_API_TOKEN. */
  dapr: string
  /** What the sidecar shows to the app: APP_API_TOKEN. */
  app: string
}

export interface SidecarOptions extends Surroundings {
  appId: string
  appPort: number
  /** Tells the replicas of one app apart; the app id when left out. */
  replica?: string
  /** What `renderComponents` made. */
  componentsFolder: string
  configFiles: readonly string[]
  /** The scheduler's address; without one there are no jobs. */
  scheduler?: string
  tokens: ApiTokens
  /** A free one when left out. */
  httpPort?: number
  /** Where other sidecars find it. One that starts again on the same port takes its own place there; else a free one. */
  internalPort?: number
  logFile: string
}

export interface Sidecar extends RunningProcess {
  httpPort: number
  /** Resolves when it takes the app's calls (publish, state, jobs, secrets), which it does before the app runs. */
  outboundReady: () => Promise<void>
  /** Resolves when it also brings events to the app: the app answers, and its subscriptions are made. */
  ready: () => Promise<void>
}

/**
 * Dapr's sidecar of one app, on the loopback interface. It may start before its app, and waits for it. Without Kafka it
 * ends, and has to be started again.
 * @throws StartError or ProcessStartError
 */
export async function startSidecar(options: SidecarOptions): Promise<Sidecar> {
  const { env, logFile, tokens, appId, replica = appId, onSpawn } = options
  const { daprd } = await daprBinaries(options)
  const httpPort = options.httpPort ?? (await freePort())
  await mkdir(dirname(logFile), { recursive: true })
  const child = await startProcess({
    program: daprd,
    args: await argumentsOf(options, httpPort),
    env: {
      ...tracingOf(env),
      PATH: env.PATH,
      HOME: env.HOME,
      DAPR_API_TOKEN: tokens.dapr,
      APP_API_TOKEN: tokens.app,
      // A core is far more than it needs, and with several it spends some of them on looking for work.
      GOMAXPROCS: '1',
      // What other sidecars find in the register of names.
      DAPR_HOST_IP: '127.0.0.1',
      // What names this replica's consumer group.
      POD_NAME: replica,
    },
    output: logFile,
    stopWithinMs: STOP_MS,
    onSpawn,
  })
  const untilHealthy = (path: string) => {
    const isHealthy = () => fetch(`http://127.0.0.1:${httpPort}/v1.0/${path}`).then(({ ok }) => ok)
    return untilReady(child, isHealthy, { what: `The sidecar of ${appId}`, logFile, withinMs: READY_MS })
  }
  return {
    ...child,
    httpPort,
    outboundReady: () => untilHealthy('healthz/outbound'),
    ready: () => untilHealthy('healthz'),
  }
}

/** Where the services send their traces, and as they do: left to itself, a sidecar speaks gRPC with TLS. */
function tracingOf(env: Surroundings['env']): Surroundings['env'] {
  const given = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('OTEL_')))
  const isPlain = given.OTEL_EXPORTER_OTLP_ENDPOINT?.startsWith('http://') ?? false
  return { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_INSECURE: String(isPlain), ...given }
}

async function argumentsOf(options: SidecarOptions, httpPort: number): Promise<string[]> {
  const { appId, appPort, componentsFolder, configFiles, scheduler } = options
  const settings = flags({
    'app-id': appId,
    'app-port': appPort,
    'app-channel-address': '127.0.0.1',
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-http-port': httpPort,
    'dapr-grpc-port': await freePort(),
    'dapr-internal-grpc-listen-address': '127.0.0.1',
    'dapr-internal-grpc-port': options.internalPort ?? (await freePort()),
    'metrics-listen-address': '127.0.0.1',
    'metrics-port': await freePort(),
    'resources-path': componentsFolder,
    'scheduler-host-address': scheduler,
    // No app health check: a sidecar that ends its subscriptions and soon makes them again may lose one without a word.
    'enable-app-health-check': false,
    'dapr-graceful-shutdown-seconds': 10,
    'log-level': 'warn',
    'log-as-json': true,
  })
  return [...settings, ...configFiles.map((file) => `--config=${file}`)]
}
