import { z } from 'zod'
import { invalidField } from '@todo/platform/errors'

const Cursor = z.tuple([z.string(), z.array(z.union([z.string(), z.number()])).max(5)])

/** A place in a sorted list: the sort it belongs to, and the keys of the last row that was seen. */
export function encodeCursor(sort: string, keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify([sort, keys])).toString('base64url')
}

/** What a key has to look like to be compared with a column of this type. */
const KEY_TYPES: Record<string, (key: string | number) => boolean> = {
  uuid: (key) => z.guid().safeParse(key).success,
  timestamp: (key) => key === 'infinity' || /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?$/.test(String(key)),
  timestamptz: (key) => /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d)$/.test(String(key)),
  smallint: (key) => /^-?\d{1,4}$/.test(String(key)),
  integer: (key) => Number.isInteger(key) && Math.abs(Number(key)) <= 2 ** 31 - 1,
  text: (key) => typeof key === 'string' && !key.includes('\u0000'),
}

/** @throws 400 for a cursor that is not ours, or belongs to another sort */
export function decodeCursor(cursor: string | undefined, sort: string, types: string[]): (string | number)[] | null {
  if (cursor === undefined) return null
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  const [name, keys] = parsed.data ?? ['', []]
  const fits =
    name === sort && keys.length === types.length && keys.every((key, index) => KEY_TYPES[types[index]!]!(key))
  if (fits) return keys
  throw invalidField(
    'cursor',
    'must be the nextCursor of a page with the same sort and filters: leave it out for the first page',
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
