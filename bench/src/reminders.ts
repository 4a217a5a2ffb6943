import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { endWithUsage, readOptions } from '@todo/platform/command-options'
import { signUpPerson, startBenchApp } from './app.ts'
import type { BenchMode } from './app.ts'
import { watchProcesses } from './process-load.ts'
import type { ProcessLoad } from './process-load.ts'
import { measureReminders, remindersTable, setPending } from './reminder-run.ts'
import type { ReminderRun } from './reminder-run.ts'
import { describeMachine, percentile, table } from './report.ts'

/** p99 from the time that was set until it stands in the notification centre. */
const AIM_MS = 2_000
/** How long the programs are looked at while nothing is due. */
const AT_REST_MS = 10_000

const USAGE = 'npm run bench:reminders -- [--mode both|one-process|distributed] [--pending 100000] [--due 10000]'
const { values } = readOptions(
  {
    mode: { type: 'string', default: 'both' },
    pending: { type: 'string', default: '100000' },
    due: { type: 'string', default: '10000' },
  },
  USAGE,
)
const pending = Number(values.pending)
const due = Number(values.due)
const MODES: Record<string, BenchMode[]> = {
  both: ['one process', 'distributed'],
  'one-process': ['one process'],
  distributed: ['distributed'],
}
const modes = MODES[values.mode]
if (!modes || !(pending >= 0) || !(due > 0)) endWithUsage('This is not understood.', USAGE)

interface ModeRun {
  mode: BenchMode
  reminders: ReminderRun
  atRest: ProcessLoad[]
  whileDue: ProcessLoad[]
}

const say = (text: string) => process.stdout.write(`${text}\n`)
const number = (count: number) => count.toLocaleString('en')
say(`${describeMachine()}; load average before: ${loadavg()[0]?.toFixed(1)}`)
const runs: ModeRun[] = []
for (const mode of modes) runs.push(await measureMode(mode))
say(`\n${number(due)} reminders within one minute, ${number(pending)} others pending:\n\n${remindersTable(runs)}`)
for (const run of runs) {
  const p99 = percentile(run.reminders.shownMs, 0.99)
  say(`${run.mode}: ${p99 <= AIM_MS ? 'the aim is met' : `p99 is over the ${AIM_MS / 1_000} s that are aimed at`}`)
}
for (const run of runs) say(`\nProcesses, ${run.mode}:\n\n${processesTable(run)}`)
// What is lost or doubled is no figure, it is a fault.
if (runs.some(({ reminders }) => reminders.shownMs.length < due || reminders.doubled + reminders.early > 0)) {
  process.exitCode = 1
}

async function measureMode(mode: BenchMode): Promise<ModeRun> {
  const app = await startBenchApp(mode)
  const pool = new pg.Pool({ connectionString: app.databaseUrl })
  try {
    const person = await signUpPerson(app.url, 1)
    process.stderr.write(`${mode}: ${number(pending)} reminders are set …\n`)
    await setPending({ pool, person, count: pending })
    const watch = async () => watchProcesses(await app.processes())
    const look = await watch()
    await delay(AT_REST_MS)
    const atRest = await look()
    process.stderr.write(`${mode}: ${number(due)} come due …\n`)
    let stop = look
    const onSet = async () => void (stop = await watch())
    const reminders = await measureReminders({ pool, person, count: due, onSet })
    return { mode, reminders, atRest, whileDue: await stop() }
  } finally {
    await pool.end()
    await app.stop()
  }
}

function processesTable({ atRest, whileDue }: ModeRun): string {
  const rows = atRest.map(({ name, memoryMib }) => {
    const later = whileDue.find((load) => load.name === name)
    const cpu = later ? `${later.cpuPercent.toFixed(0)} %` : '–'
    return [name, memoryMib.toFixed(0), later?.memoryMib.toFixed(0) ?? '–', cpu]
  })
  return table([['process', 'memory MiB at rest', 'at most while they come due', 'CPU'], ...rows])
}
