import { cpus, totalmem } from 'node:os'

/** A Markdown table; the first row is its head. */
export function table(rows: string[][]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join('\n')
}

/** What the figures were measured on, and when. */
export function describeMachine(): string {
  const gib = Math.round(totalmem() / 2 ** 30)
  const day = new Date().toISOString().slice(0, 10)
  return `${day}: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${gib} GiB, Node ${process.versions.node}`
}

/** The value below which this share of the sorted values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** p50, p99 and the highest, as cells of a table. */
export function quantiles(latenciesMs: number[]): string[] {
  const max = latenciesMs.reduce((highest, ms) => Math.max(highest, ms), 0)
  return [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.99), max].map((ms) => ms.toFixed(1))
}
