export interface Row {
  name: string
  pid: number | null
  /** Where it answers. */
  address: string
}

/** What runs, for people: one line a process. */
export function processTable(rows: readonly Row[]): string {
  const head = ['PROCESS', 'PID', 'ADDRESS'] as const
  const cells = [head, ...rows.map(({ name, pid, address }) => [name, String(pid ?? '–'), address] as const)]
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column as 0 | 1].length)) + 2)
  const lines = cells.map(
    ([name, pid, address]) => `  ${name.padEnd(widths[0] ?? 0)}${pid.padEnd(widths[1] ?? 0)}${address}`,
  )
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
