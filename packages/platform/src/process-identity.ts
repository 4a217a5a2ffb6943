import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** One process of this machine, also after its id has gone to another program. */
export interface ProcessIdentity {
  pid: number
  /** When the process started, as its system tells it; empty when there was no such process. */
  startedAt: string
}

/** Who has this process id now. */
export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, startedAt: await startTime(pid) }
}

export async function isRunning({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return startedAt !== '' && (await startTime(pid)) === startedAt
}

/** Linux tells it in clock ticks since the boot (proc(5), field 22), the others as text; empty when there is no such process. */
async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; in a container nobody may ever collect it.
    if (state === 'Z' || state === 'X') return ''
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    return `${boot} ${fields[18]}`
  } catch {
    const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
    return answer?.stdout.trim() ?? ''
  }
}
