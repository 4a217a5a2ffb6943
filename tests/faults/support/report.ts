import type { Result } from './trial.ts'

const HEAD = [
  'fault',
  'point hit',
  's',
  'requests',
  'failed',
  'again',
  'slowest ms',
  'drained s',
  'reminders',
  'latest s',
  'mails',
  'doubled',
  'events',
  'kept',
]

/** A Markdown table of what was measured. */
export function resultTable(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(rowOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.slice(1).map(line)].join(
    '\n',
  )
}

/** One fault, as it is done. */
export function resultLine({ fault, point, problems, drainedMs }: Result): string {
  const end = problems.length === 0 ? `all kept, drained ${seconds(drainedMs)} s after it healed` : 'BROKEN'
  return `${fault.name} (${point}): ${end}${problems.map((problem) => `\n  - ${problem}`).join('')}`
}

function rowOf(result: Result): string[] {
  const { fault, point, failed, doubled, problems } = result
  const phases = Object.entries(failed).map(([phase, count]) => `${count} ${phase}`)
  return [
    fault.name,
    point,
    result.seconds.toFixed(1),
    String(result.sent),
    phases.length > 0 ? phases.join(', ') : '0',
    String(result.triedAgain),
    result.slowestMs.toFixed(0),
    seconds(result.drainedMs),
    String(result.reminders),
    seconds(result.latestMs),
    String(result.mails),
    String(doubled.length),
    String(result.events),
    problems.length === 0 ? 'all' : `${problems.length} broken`,
  ]
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
