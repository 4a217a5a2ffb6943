import type { ColumnType } from 'kysely'

/** An instant: comes as RFC 3339 text, goes as text or Date. */
export type InstantColumn = ColumnType<string, string | Date, string | Date>
export type NullableInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>
