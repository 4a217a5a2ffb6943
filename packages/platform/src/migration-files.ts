import { readFile, readdir } from 'node:fs/promises'

/** The migrations that one owner has in a database: a service, or the platform itself. */
export interface MigrationSet {
  owner: string
  /** Folder of `NNNN-name.sql` files. */
  folder: URL
}

export interface MigrationFile {
  file: string
  sql: string
  /** Code whose newest file of this owner is this one, or an older one, cannot run on the schema; null: all can. */
  breaks: string | null
}

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/
const MARK = /^-- breaks: *(.*)$/
const NOTHING = /^nothing: \S/

/** The files of a folder, in the order in which they are applied. @throws when a mark cannot be understood */
export async function readMigrations({ owner, folder }: MigrationSet): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  const read = names.map(async (file) => ({ file, sql: await readFile(new URL(file, folder), 'utf8') }))
  return (await Promise.all(read)).map(({ file, sql }) => {
    const mark = markIn(sql)
    if (mark === null || NOTHING.test(mark)) return { file, sql, breaks: null }
    if (names.includes(mark) && mark < file) return { file, sql, breaks: mark }
    throw new Error(
      `${owner}/${file} says "breaks: ${mark}": it must be the name of a file before it, or "nothing: <why>".`,
    )
  })
}

/** What the comment at the top of a file says that it breaks; null when it says nothing of it. */
export function markIn(sql: string): string | null {
  for (const line of sql.split('\n')) {
    if (!line.startsWith('--')) return null
    const [, mark] = MARK.exec(line) ?? []
    if (mark !== undefined) return mark.trim()
  }
  return null
}
