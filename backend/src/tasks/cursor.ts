import { z } from 'zod'
import { invalidField } from '@todo/platform/errors'

const Cursor = z.tuple([z.string(), z.array(z.union([z.string(), z.number()])).max(5)])

/** A place in a sorted list: the sort it belongs to, and the keys of the last row that was seen. */
export function encodeCursor(sort: string, keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify([sort, keys])).toString('base64url')
}

/** @throws 400 for a cursor that is not ours, or belongs to another sort */
export function decodeCursor(cursor: string | undefined, sort: string, length: number): (string | number)[] | null {
  if (cursor === undefined) return null
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success || parsed.data[0] !== sort || parsed.data[1].length !== length) {
    throw invalidField(
      'cursor',
      'must be the nextCursor of a page with the same sort and filters: leave it out for the first page',
    )
  }
  return parsed.data[1]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
