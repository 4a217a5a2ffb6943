import { startProcess } from './child.ts'
import type { RunningProcess } from './child.ts'

/** Longer than the 20 s that a service takes to drain at most. */
const STOP_MS = 25_000
const KEPT_LINES = 12

export interface ServiceOptions {
  /** Path of its `main.ts`. */
  main: string
  env: Record<string, string | undefined>
  onLine: (line: string) => void
  onSpawn: (pid: number) => void
}

export interface ServiceProcess extends RunningProcess {
  /** The last that it said which is no entry of its log: why it could not start. */
  lastWords: () => string
}

/** One of our services, on the Node that runs us. */
export async function startService({ main, env, onLine, onSpawn }: ServiceOptions): Promise<ServiceProcess> {
  const said: string[] = []
  const output = lines((line) => {
    if (!line.startsWith('{')) said.push(line)
    if (said.length > KEPT_LINES) said.shift()
    onLine(line)
  })
  const child = await startProcess({
    program: process.execPath,
    args: [main],
    env,
    output,
    stopWithinMs: STOP_MS,
    onSpawn,
  })
  return { ...child, lastWords: () => said.join('\n') }
}

/** Text as it comes, in any pieces, to whole lines. */
export function lines(take: (line: string) => void): (text: string) => void {
  let rest = ''
  return (text) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) if (line.trim() !== '') take(line)
  }
}
