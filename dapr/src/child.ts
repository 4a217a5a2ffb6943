import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** A process that we started. */
export interface RunningProcess {
  pid: number
  /** Settles when it is gone, whoever ended it, with its exit code; null after a signal. */
  exited: Promise<number | null>
  /** In order, and by force when that takes too long. */
  stop: () => Promise<void>
  kill: (signal: NodeJS.Signals) => void
}

export interface Command {
  program: string
  args: string[]
  env: Record<string, string | undefined>
  cwd?: string
  /** Its output is appended here; a function gets it as text. */
  output: string | ((text: string) => void)
  /** How long it may take to end after SIGTERM. */
  stopWithinMs: number
  /** As soon as there is a process, long before it is ready. */
  onSpawn?: ((pid: number) => void) | undefined
}

/** `--name=value` for each setting that has a value. */
export function flags(settings: Record<string, string | number | boolean | undefined>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]))
}

/** It did not come up; the message has what it said last. */
export class ProcessStartError extends Error {
  override name = 'ProcessStartError'
}

/**
 * Starts a program in a process group of its own: Ctrl-C in the terminal must reach us alone, or a sidecar goes before
 * its service has drained.
 */
export async function startProcess(command: Command): Promise<RunningProcess> {
  const child = await launch(command)
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  exited.catch(() => undefined)
  if (child.pid === undefined) {
    const reason = await exited.catch((error: Error) => error.message)
    throw new ProcessStartError(`${command.program} could not be started: ${reason}`)
  }
  command.onSpawn?.(child.pid)
  endWithUs(child, exited)
  const kill = (signal: NodeJS.Signals) => void child.kill(signal)
  return { pid: child.pid, exited, kill, stop: () => stopChild(child, exited, command.stopWithinMs) }
}

const ours = new Set<ChildProcess>()

/** Whatever ends this process, short of a kill -9, ends what it started. */
function endWithUs(child: ChildProcess, exited: Promise<unknown>): void {
  if (ours.size === 0) process.once('exit', killOurs)
  ours.add(child)
  const forget = () => {
    ours.delete(child)
    if (ours.size === 0) process.removeListener('exit', killOurs)
  }
  exited.then(forget, forget)
}

function killOurs(): void {
  for (const child of ours) child.kill('SIGKILL')
}

async function launch({ program, args, env, cwd, output }: Command): Promise<ChildProcess> {
  const options = { env, cwd, detached: true }
  if (typeof output === 'function') {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', output)
    return child
  }
  const log = await open(output, 'a', 0o600)
  try {
    return spawn(program, args, { ...options, stdio: ['ignore', log.fd, log.fd] })
  } finally {
    await log.close()
  }
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>, withinMs: number): Promise<void> {
  child.kill('SIGTERM')
  // One that was stopped by SIGSTOP hears nothing else before it goes on.
  child.kill('SIGCONT')
  const inTime = await Promise.race([exited.then(() => true), delay(withinMs, false, { ref: false })])
  if (inTime) return
  child.kill('SIGKILL')
  await exited
}

interface Readiness {
  what: string
  logFile: string
  withinMs: number
}

const ASK_AGAIN_MS = 50

/**
 * Waits until `isReady` says so; then the process is its caller's.
 * @throws ProcessStartError, with its last words, when it ends before or takes too long; it is stopped then
 */
export async function untilReady(
  child: RunningProcess,
  isReady: () => Promise<boolean>,
  { what, logFile, withinMs }: Readiness,
): Promise<void> {
  const deadline = Date.now() + withinMs
  const ended = child.exited.then(() => true)
  while (!(await isReady().catch(() => false))) {
    const hasEnded = await Promise.race([ended, delay(ASK_AGAIN_MS, false)])
    if (hasEnded) throw new ProcessStartError(`${what} ended while it started: ${await lastWords(logFile)}`)
    if (Date.now() < deadline) continue
    await child.stop()
    throw new ProcessStartError(`${what} was not ready within ${withinMs} ms: ${await lastWords(logFile)}`)
  }
}

/** The last lines of a log file that tell of a failure. */
export async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const failures = lines.slice(-40).filter((line) => /fatal|error|exception|panic/i.test(line))
  const told = (failures.length > 0 ? failures : lines).slice(-3).join('\n')
  return told ? `${told}\n(more in ${logFile})` : 'it said nothing'
}
