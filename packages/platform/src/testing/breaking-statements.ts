/** What an older version, which reads and writes as it did before, may not live with. */
const BREAKING: readonly [pattern: RegExp, what: string][] = [
  [/^drop\b/, 'drops something'],
  [/^truncate\b/, 'empties a table'],
  [/^do\b/, 'runs code that cannot be looked into'],
  [/^create unique index\b/, 'makes values unique'],
  [/^alter (?!table\b|index\b|sequence\b)\w+/, 'alters something else than a table'],
  [/^alter .*\brename\b/, 'renames something'],
  [/^alter .*\bset schema\b/, 'moves something'],
  [/^alter table .*\bdrop (?!not null\b)/, 'drops a column, a default or a constraint'],
  [/^alter table .*\balter (column )?\S+ (set data )?type\b/, 'changes a type'],
  [/^alter table .*\badd (constraint|check|unique|primary key|foreign key|exclude)\b/, 'adds a constraint'],
]

/**
 * The statements of a migration that older code may not live with, each with the reason. Tables that the same file makes
 * are nobody's yet. It does not see what triggers, functions and changed rows do to older code.
 */
export function breakingStatements(sql: string): string[] {
  const statements = statementsOf(sql)
  const ownTables = new Set(
    statements.flatMap((text) => /^create table (?:if not exists )?(\S+)/.exec(text)?.[1] ?? []),
  )
  return statements.flatMap((text) => {
    const table = /^(?:alter table (?:if exists )?(?:only )?|create unique index .*? on )([^\s(]+)/.exec(text)?.[1]
    if (table && ownTables.has(table)) return []
    return reasonsOf(text).map((what) => `${what}: ${text.slice(0, 100)}`)
  })
}

/**
 * The statements that want a table for themselves behind one that makes an index of it. Who has read a row to change it
 * waits for the index then, and these wait for that reader: PostgreSQL ends the migration, each time it is tried.
 */
export function deadlocksWithWriters(sql: string): string[] {
  const statements = statementsOf(sql)
  const first = statements.findIndex((text) => /^create (unique )?index\b/.test(text))
  return first === -1 ? [] : statements.slice(first).filter((text) => /^(drop|alter table|truncate)\b/.test(text))
}

function reasonsOf(text: string): string[] {
  const reasons = BREAKING.filter(([pattern]) => pattern.test(text)).map(([, what]) => what)
  if (!text.startsWith('alter table')) return reasons
  for (const action of actionsOf(text)) {
    const column = /\balter (?:column )?(\S+) set not null\b/.exec(action)?.[1]
    if (column && !text.includes(`${column} set default `)) reasons.push('wants a value of what may have none')
    if (isNeededColumn(action)) reasons.push('adds a column that every insert has to know')
  }
  return reasons
}

function isNeededColumn(action: string): boolean {
  const isColumn = /\badd (?!constraint\b|check\b|unique\b|primary\b|foreign\b|exclude\b)/.test(action)
  return isColumn && /\b(not null|primary key)\b/.test(action) && !/\b(default|generated)\b/.test(action)
}

/** `alter table t add a int, add b numeric(1, 2)` has two: the commas in brackets part nothing. */
function actionsOf(text: string): string[] {
  const actions = ['']
  let depth = 0
  for (const letter of text) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) actions.push('')
    else actions[actions.length - 1] += letter
  }
  return actions
}

const NOT_CODE = /--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'/g

/** In small letters, without comments, texts and bodies of functions. */
function statementsOf(sql: string): string[] {
  const code = sql.replaceAll(NOT_CODE, (found) => (/^(--|\/\*)/.test(found) ? ' ' : "''"))
  const statements = code.split(';').map((text) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase())
  return statements.filter((text) => text !== '')
}
