import { loadavg } from 'node:os'
import pg from 'pg'
import { endWithUsage, readOptions } from '@todo/platform/command-options'
import { signUpPerson, startBenchApp } from './app.ts'
import type { BenchMode } from './app.ts'
import { measureEffects } from './effects.ts'
import type { Effect, EffectRun } from './effects.ts'
import { watchProcesses } from './process-load.ts'
import type { ProcessLoad } from './process-load.ts'
import { measureReminders, remindersTable } from './reminder-run.ts'
import type { ReminderRun } from './reminder-run.ts'
import { describeMachine, percentile, quantiles, table } from './report.ts'

const RATES = [50, 200, 500]
/** p99 that a mode should stay under, up to 200 changes a second. */
const AIM_MS: Record<BenchMode, number> = { 'one process': 25, distributed: 50 }
const AIM_UP_TO = 200
/** Until Java has compiled what Kafka does most, which takes minutes. */
const WARM_UP: Record<BenchMode, { rate: number; seconds: number }> = {
  'one process': { rate: 200, seconds: 30 },
  distributed: { rate: 200, seconds: 150 },
}
const REMINDERS_PHASE = 'reminders'

const USAGE = 'npm run bench:events -- [--mode one-process|distributed] [--seconds 20] [--reminders 10000]'
const { values } = readOptions(
  {
    mode: { type: 'string', default: 'one-process' },
    seconds: { type: 'string', default: '20' },
    reminders: { type: 'string', default: '10000' },
  },
  USAGE,
)
const seconds = Number(values.seconds)
const reminderCount = Number(values.reminders)
const MODES: Record<string, BenchMode[]> = {
  'one-process': ['one process'],
  distributed: ['one process', 'distributed'],
}
const modes = MODES[values.mode]
if (!modes || !(seconds > 0) || !(reminderCount >= 0)) endWithUsage('This is not understood.', USAGE)

interface ModeRun {
  mode: BenchMode
  rates: Map<number, EffectRun>
  reminders: ReminderRun | null
  /** By what was measured meanwhile. */
  loads: Map<string, ProcessLoad[]>
}

process.stdout.write(`${describeMachine()}; ${seconds} s each; load average before: ${loadavg()[0]?.toFixed(1)}\n`)
const runs: ModeRun[] = []
for (const mode of modes) runs.push(await measureMode(mode))
for (const rate of RATES) process.stdout.write(`\n${rate} changes a second:\n\n${effectsTable(rate)}\n`)
const withReminders = runs.flatMap(({ mode, reminders }) => (reminders ? [{ mode, reminders }] : []))
if (reminderCount > 0) {
  process.stdout.write(
    `\n${reminderCount.toLocaleString('en')} reminders within one minute:\n\n${remindersTable(withReminders)}\n`,
  )
}
for (const run of runs) process.stdout.write(`\nProcesses, ${run.mode}:\n\n${processesTable(run)}\n`)

async function measureMode(mode: BenchMode): Promise<ModeRun> {
  const app = await startBenchApp(mode)
  const pool = new pg.Pool({ connectionString: app.databaseUrl })
  const run: ModeRun = { mode, rates: new Map(), reminders: null, loads: new Map() }
  const watch = async () => watchProcesses([...(await app.processes()), { name: 'this bench', pid: process.pid }])
  try {
    const place = { url: app.url, pool, person: await signUpPerson(app.url, 1) }
    await measureEffects(place, WARM_UP[mode])
    for (const rate of RATES) {
      process.stderr.write(`${mode}: ${rate} changes a second …\n`)
      let stop = async (): Promise<ProcessLoad[]> => []
      const onSet = async () => void (stop = await watch())
      const onDone = async () => void run.loads.set(`${rate}/s`, await stop())
      run.rates.set(rate, await measureEffects(place, { rate, seconds, onSet, onDone }))
    }
    if (reminderCount === 0) return run
    process.stderr.write(`${mode}: reminders …\n`)
    let stop = async (): Promise<ProcessLoad[]> => []
    const onSet = async () => void (stop = await watch())
    const onDone = async () => void run.loads.set(REMINDERS_PHASE, await stop())
    const { person } = place
    run.reminders = await measureReminders({ pool, person, count: reminderCount, onSet, onDone })
    return run
  } finally {
    await pool.end()
    await app.stop()
  }
}

function effectsTable(rate: number): string {
  const rows = runs.flatMap(({ mode, rates }) => {
    const { effects, reachedPerSecond, failedRequests } = rates.get(rate)!
    return effects.map(({ name, latenciesMs, lost }: Effect) => [
      mode,
      name,
      ...quantiles(latenciesMs),
      String(lost),
      reachedPerSecond.toFixed(0),
      String(failedRequests),
      verdict(mode, rate, latenciesMs),
    ])
  })
  const head = ['mode', 'effect', 'p50 ms', 'p99 ms', 'max ms', 'lost', 'changes/s', 'failed', 'aim']
  return table([head, ...rows])
}

function verdict(mode: BenchMode, rate: number, latenciesMs: number[]): string {
  if (rate > AIM_UP_TO) return '–'
  return percentile(latenciesMs, 0.99) <= AIM_MS[mode] ? 'met' : `p99 over ${AIM_MS[mode]} ms`
}

function processesTable({ loads }: ModeRun): string {
  const phases = [...loads.keys()]
  const names = [...new Set([...loads.values()].flat().map(({ name }) => name))]
  const rows = names.map((name) => {
    const own = phases.map((phase) => loads.get(phase)!.find((load) => load.name === name))
    const memory = Math.max(...own.map((load) => load?.memoryMib ?? 0))
    return [name, memory.toFixed(0), ...own.map((load) => (load ? `${load.cpuPercent.toFixed(0)} %` : '–'))]
  })
  return table([['process', 'memory MiB', ...phases.map((phase) => `CPU ${phase}`)], ...rows])
}
