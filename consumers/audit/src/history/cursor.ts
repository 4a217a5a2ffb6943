import { isInstant } from '@todo/model/primitives'
import { invalidField } from '@todo/platform/errors'

/** Where a line stands: the next page begins behind it, whatever arrived in the meantime. */
export interface HistoryCursor {
  placedAt: string
  version: number
  id: string
}

/** Where a line without a version stands among the lines of its moment: above them. The largest integer there is. */
export const UNVERSIONED = 2 ** 31 - 1

const FORMAT = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\d{1,10})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function encodeCursor({ placedAt, version, id }: HistoryCursor): string {
  return Buffer.from(`${placedAt}_${version}_${id}`).toString('base64url')
}

/** @throws AppError for anything that `encodeCursor` did not make */
export function decodeCursor(text: string): HistoryCursor {
  const [, placedAt, version, id] = FORMAT.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (!placedAt || !version || !id || !isInstant(placedAt) || Number(version) > UNVERSIONED) {
    throw invalidField('cursor', 'must be the nextCursor of the page before')
  }
  return { placedAt, version: Number(version), id }
}
