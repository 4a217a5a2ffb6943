import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { launch } from './launch.ts'
import { readPidFile } from './pid-file.ts'
import { lastLines, PostgresStartError } from './start-error.ts'

export interface PostgresServer {
  pid: number
  /** Settles when the server is gone, whoever ended it. */
  exited: Promise<void>
  stop: () => Promise<void>
}

const START_MS = 60_000
const FAST_STOP_MS = 5_000

/**
 * Starts the server of a cluster and resolves when it takes connections; a crashed one recovers first.
 * @param settings of postgresql.conf, by name
 * @throws PostgresStartError with the server's own words
 */
export async function startServer(cluster: Cluster, settings: Record<string, string>): Promise<PostgresServer> {
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = await launch(cluster, cluster.binaries.postgres, ['-D', cluster.folder, ...args])
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // Whatever ends this process, short of a kill -9, ends the server too.
  const onExit = () => child.kill('SIGQUIT')
  process.once('exit', onExit)
  void exited.then(() => process.removeListener('exit', onExit))
  await untilReady(cluster, child, exited)
  return { pid: child.pid ?? 0, exited, stop: () => stopServer(child, exited) }
}

async function untilReady(cluster: Cluster, child: ChildProcess, exited: Promise<void>): Promise<void> {
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline) {
    const status = await readPidFile(cluster.folder)
    if (status?.ready && status.pid === child.pid) return
    const hasEnded = await Promise.race([exited.then(() => true), delay(10, false)])
    if (hasEnded) throw new PostgresStartError(await lastLines(cluster.logFile))
  }
  await stopServer(child, exited)
  throw new PostgresStartError(await lastLines(cluster.logFile))
}

/** A fast shutdown: sessions are cut, everything is written. If that hangs, an immediate one. */
async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGINT')
  const inTime = await Promise.race([exited.then(() => true), delay(FAST_STOP_MS, false, { ref: false })])
  if (inTime) return
  child.kill('SIGQUIT')
  await exited
}
