import { readFile } from 'node:fs/promises'

/** PostgreSQL did not come up; `message` is what it said last. */
export class PostgresStartError extends Error {
  override name = 'PostgresStartError'
}

/** The last lines of a log file that say what went wrong. */
export async function lastLines(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const failures = lines.slice(-20).filter((line) => /FATAL|PANIC|[Ee]rror|could not/.test(line))
  return (failures.length > 0 ? failures : lines).slice(-3).join('\n') || 'it ended without a word'
}
