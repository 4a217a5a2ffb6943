import { relative } from 'node:path'
import { ConfigError, loadConfig, loadConfigs } from '../config.ts'
import { errorMessage } from '../errors.ts'
import { createLog } from '../log.ts'
import type { AnyService } from '../service.ts'
import { openTracing } from '../tracing/tracing.ts'
import { DaprClient } from './client.ts'
import { runCommand } from './commands.ts'
import { SidecarConfig, WithDatabase, WithoutDatabase } from './config.ts'
import { withSecrets } from './secrets.ts'

type Env = Record<string, string | undefined>

export interface RunningService {
  port: number
  /** Drains and stops everything, within twenty seconds. */
  stop: () => Promise<void>
}

/**
 * Starts one service beside its sidecar.
 * @throws ConfigError with everything that is wrong; whatever keeps a part from starting, when all is stopped again
 */
export async function startDapr(service: AnyService, env: Env, signal?: AbortSignal): Promise<RunningService> {
  const sidecar = loadConfig(SidecarConfig, env)
  const client = new DaprClient({ port: sidecar.DAPR_HTTP_PORT, token: sidecar.DAPR_API_TOKEN })
  const schemas = { process: service.migrations ? WithDatabase : WithoutDatabase, service: service.config }
  const configs = loadConfigs(schemas, await withSecrets(env, client, sidecar))
  const config = configs.process
  const log = createLog(service.name, config.LOG_LEVEL)
  const tracing = await openTracing({ endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log })
  const { DaprProcess } = await import('./process.ts')
  const running = new DaprProcess({ service, serviceConfig: configs.service, config, client, log, tracing, signal })
  const stop = async () => {
    await running.stop()
    await tracing.stop()
  }
  try {
    await running.start()
  } catch (error) {
    await stop()
    throw error
  }
  return { port: running.port!, stop }
}

/**
 * The whole of a service's `main.ts`: runs it until the process is told to end, or does what its command line asks for.
 */
export async function runDapr(service: AnyService, { env, argv }: Pick<NodeJS.Process, 'env' | 'argv'>): Promise<void> {
  const [, main = '', ...args] = argv
  if (args.length === 0) return serve(service, env)
  const program = `node ${relative(process.cwd(), main)}`
  const say = (text: string) => void process.stdout.write(text)
  process.exitCode = await runCommand(service, { env, args, program, say }).catch((error: unknown) => {
    process.stderr.write(`${errorMessage(error)}\n`)
    return 1
  })
}

async function serve(service: AnyService, env: Env): Promise<void> {
  const wanted = new AbortController()
  const starting = startDapr(service, env, wanted.signal)
  const end = endOnce(async () => {
    wanted.abort()
    await (await starting.catch(() => null))?.stop()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`)
    end(1)
  })
  try {
    await starting
  } catch (error) {
    if (wanted.signal.aborted) return
    process.stderr.write(
      `${error instanceof ConfigError ? error.message : `${service.name}: ${errorMessage(error)}`}\n`,
    )
    process.exit(1)
  }
}

function endOnce(stop: () => Promise<unknown>): (code: number) => void {
  let isEnding = false
  return (code) => {
    if (isEnding) return
    isEnding = true
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
}
