import { readdir, readFile } from 'node:fs/promises'
import type { NamedProcess } from './app.ts'

export interface ProcessLoad {
  name: string
  /** Of one core, on average. */
  cpuPercent: number
  /** Resident, at its highest. */
  memoryMib: number
}

interface Snapshot {
  parent: number
  cpuMs: number
}

const SAMPLE_MS = 1_000
/** The kernel counts processor time in these (USER_HZ, proc(5)). */
const TICK_MS = 10

/**
 * Watches processes, with all of their children, until it is stopped.
 * @returns nothing where there is no /proc
 */
export async function watchProcesses(processes: readonly NamedProcess[]): Promise<() => Promise<ProcessLoad[]>> {
  const startedAt = performance.now()
  const first = await snapshot()
  const peaks = new Map<string, number>()
  const sample = async () => {
    const now = await snapshot()
    for (const { name, pid } of processes) {
      const memory = await memoryOf(familyOf(pid, processes, now))
      peaks.set(name, Math.max(peaks.get(name) ?? 0, memory))
    }
  }
  let sampling = sample()
  const timer = setInterval(() => {
    sampling = sampling.then(sample)
  }, SAMPLE_MS)
  return async () => {
    clearInterval(timer)
    await sampling
    const last = await snapshot()
    const elapsedMs = performance.now() - startedAt
    return processes.flatMap(({ name, pid }) => {
      const family = familyOf(pid, processes, last)
      if (family.length === 0) return []
      const usedMs = family.map((member) => last.get(member)!.cpuMs - (first.get(member)?.cpuMs ?? 0))
      const cpuPercent = (100 * usedMs.reduce((sum, ms) => sum + ms, 0)) / elapsedMs
      return [{ name, cpuPercent, memoryMib: peaks.get(name) ?? 0 }]
    })
  }
}

/** A process and its children, without those that are listed by themselves. */
function familyOf(pid: number, processes: readonly NamedProcess[], now: Map<number, Snapshot>): number[] {
  if (!now.has(pid)) return []
  const others = new Set(processes.map((process) => process.pid))
  const family = [pid]
  for (const member of family) {
    for (const [other, { parent }] of now) if (parent === member && !others.has(other)) family.push(other)
  }
  return family
}

async function snapshot(): Promise<Map<number, Snapshot>> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.map(Number).filter((pid) => pid > 0)
  const read = async (pid: number) => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The name, in parentheses, may have spaces.
    const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
    if (!fields) return []
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS
    return [[pid, { parent: Number(fields[1]), cpuMs }] as const]
  }
  return new Map((await Promise.all(pids.map(read))).flat())
}

/** Pages that the members of a family share (PostgreSQL's buffers, the program itself) are counted once. */
async function memoryOf(family: number[]): Promise<number> {
  const texts = await Promise.all(family.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')))
  const kib = (name: string) => texts.map((text) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0))
  const own = kib('RssAnon').reduce((sum, some) => sum + some, 0)
  return (own + Math.max(0, ...kib('RssFile')) + Math.max(0, ...kib('RssShmem'))) / 1_024
}
