import { z } from 'zod'
import { isInstant } from '@todo/model/primitives'
import { invalidField } from '@todo/platform/errors'
import type { AppError } from '@todo/platform/errors'
import type { SpelledQuery } from './search-tasks.ts'
import { isEmpty } from './search-terms.ts'
import type { Spelling } from './spelling.ts'

const Cursor = z.tuple([z.string(), z.array(z.union([z.string(), z.number()])).max(5)])

/** A place in a sorted list: the sort it belongs to, and the keys of the last row that was seen. */
export function encodeCursor(sort: string, keys: (string | number)[]): string {
  return Buffer.from(JSON.stringify([sort, keys])).toString('base64url')
}

export interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

/** A page of rows that were asked for with one more than it has: that one says whether others follow. */
export function pageOf<T>(rows: T[], limit: number, cursorAfter: (last: T) => string): PageOf<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorAfter(last) : null }
}

/** As PostgreSQL writes a moment, `2026-12-01 08:00:00+00`, in the form of RFC 3339. */
const asInstant = (text: string) => text.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00')

/** PostgreSQL has no offset of sixteen hours, as no zone has. */
const isMoment = (text: string) => isInstant(text) && !/[+-](1[6-9]|2\d):\d\d$/.test(text)

/** What a key has to look like to be compared with a column of this type. */
const KEY_TYPES: Record<string, (key: string | number) => boolean> = {
  uuid: (key) => z.guid().safeParse(key).success,
  timestamptz: (key) => key === 'infinity' || key === '-infinity' || isMoment(asInstant(String(key))),
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
  throw foreignCursor()
}

function foreignCursor(): AppError {
  return invalidField(
    'cursor',
    'must be the nextCursor of a page with the same sort and filters: leave it out for the first page',
  )
}

const Meant = z.array(z.string().regex(/^[^\0]{1,100}$/u)).min(1)
const Spelled = z
  .strictObject({ phrases: z.array(z.array(Meant).min(1)), words: z.array(Meant) })
  .refine((spelling) => !isEmpty(spelling))

/** A cursor of a search whose words were mended: its pages go on with the same ones, whatever becomes known. */
export function encodeSpelled(cursor: string, meant: Spelling): string {
  return `${Buffer.from(JSON.stringify(meant)).toString('base64url')}.${cursor}`
}

/** @throws 400 for a cursor that is not ours */
export function decodeSpelled(cursor: string | undefined): Pick<SpelledQuery, 'cursor' | 'meant'> {
  const [spelled, inner] = cursor?.split('.', 2) ?? []
  if (inner === undefined) return { cursor }
  const { data } = Spelled.safeParse(parseJson(Buffer.from(spelled!, 'base64url').toString('utf8')))
  if (!data) throw foreignCursor()
  return { cursor: inner, meant: data }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
