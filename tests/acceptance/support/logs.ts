/** What a program has said in its log. */
export function logLines(output: string): Record<string, unknown>[] {
  return output.split('\n').flatMap(logLine)
}

function logLine(line: string): Record<string, unknown>[] {
  try {
    return line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []
  } catch {
    // The beginning is cut off, or the end is still to come.
    return []
  }
}

/** Failures of ours that it has told its operator of, and their reasons. */
export function failuresIn(output: string): string[] {
  const lines = output
    .split('\n')
    .filter((line) => line.includes('"level":"error"') && line.includes('"code":"internal"'))
  return lines.map((line) => /"reason":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line.slice(0, 500))
}
