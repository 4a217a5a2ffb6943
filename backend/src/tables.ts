import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Notification } from '@todo/model/api'
import type { ChannelKind, EndpointKind } from '@todo/model/channels'
import type { Recurrence, Reminder, Subtask, Task } from '@todo/model/task'
import type { AccountTable, AddressChangeTable, SessionTable, UserTable, VerificationTable } from './auth/tables.ts'
import type { InstantColumn, NullableInstant } from './column-types.ts'

interface ListTable {
  id: string
  owner_id: string
  name: string
  color: string
  is_inbox: Generated<boolean>
  version: Generated<number>
  field_versions: ColumnType<FieldVersions, string | undefined, string>
  change_no: Generated<number>
  created_at: InstantColumn
  updated_at: InstantColumn
  deleted_at: NullableInstant
}

interface ListMemberTable {
  list_id: string
  user_id: string
  role: 'owner' | 'editor' | 'viewer'
  rank: string
}

/** Per group of fields: the version that last changed it, and the client that did. */
export type FieldVersions = Record<string, [version: number, clientId: string | null]>

export interface TaskTable {
  id: string
  list_id: string
  title: string
  notes: string
  priority: number
  tags: string[]
  due_date: string | null
  due_time: string | null
  due_zone: string | null
  due_at: NullableInstant
  due_by: ColumnType<string, never, never>
  recurrence: JSONColumnType<Recurrence> | null
  series_id: string | null
  occurrence_at: string | null
  occurrence_number: number | null
  missed_occurrences: Generated<number>
  following: JSONColumnType<NonNullable<Task['following']>> | null
  skipped: Generated<boolean>
  series_root: string | null
  withdrawn: Generated<boolean>
  made_version: number | null
  created_from: string | null
  reminders: ColumnType<Reminder[], string | undefined, string>
  subtasks: ColumnType<Subtask[], string | undefined, string>
  rank: string
  version: Generated<number>
  field_versions: ColumnType<FieldVersions, string | undefined, string>
  change_no: Generated<number>
  created_at: InstantColumn
  updated_at: InstantColumn
  completed_at: NullableInstant
  deleted_at: NullableInstant
}

interface ReminderTable {
  id: string
  task_id: string
  user_id: string
  remind_at: InstantColumn
  state: 'pending' | 'held' | 'fired'
  fired_at: NullableInstant
  held_until: NullableInstant
  set_for: NullableInstant
}

interface DeliveryTable {
  event_id: string
  reminder_id: string
  task_id: string
  user_id: string
  remind_at: InstantColumn
  channel: ChannelKind
  channel_id: string | null
  status: 'delivered' | 'retrying' | 'failed'
  attempt: number
  at: InstantColumn
  error: string | null
  retry_at: NullableInstant
  fired_at: NullableInstant
}

interface NotificationTable {
  id: string
  user_id: string
  kind: Notification['kind']
  task_id: string | null
  title: string
  body: string
  created_at: InstantColumn
  read_at: NullableInstant
}

interface ChannelTable {
  id: string
  user_id: string
  kind: EndpointKind
  name: string
  place: string
  sealed: string
  address_hash: string
  is_on: Generated<boolean>
  off_reason: string | null
  created_at: InstantColumn
}

interface ChannelResultTable {
  user_id: string
  channel: string
  at: InstantColumn
  error: string | null
}

interface DigestTable {
  user_id: string
  next_at: InstantColumn
}

interface TagColorTable {
  user_id: string
  name: string
  color: string
}

interface SavedFilterTable {
  id: string
  user_id: string
  name: string
  query: string
  version: Generated<number>
  created_at: InstantColumn
}

interface IdempotencyTable {
  user_id: string
  key: string
  request_hash: string
  status: number | null
  body: ColumnType<unknown, string | null | undefined, string | null>
  created_at: ColumnType<string, never, never>
}

interface InboxTable {
  consumer: string
  event_id: string
  handled_at: ColumnType<string, never, never>
}

interface OutboxTable {
  seq: Generated<number>
  key: string
  published_at: NullableInstant
}

interface TombstoneTable {
  list_id: string
  task_id: string
  change_no: Generated<number>
}

interface ImportedSubtaskTable {
  id: string
  task_id: string
}

/** Every table that the backend owns. */
export interface Tables {
  user: UserTable
  session: SessionTable
  account: AccountTable
  address_change: AddressChangeTable
  verification: VerificationTable
  list: ListTable
  list_member: ListMemberTable
  task: TaskTable
  tombstone: TombstoneTable
  imported_subtask: ImportedSubtaskTable
  reminder: ReminderTable
  delivery: DeliveryTable
  notification: NotificationTable
  channel: ChannelTable
  channel_result: ChannelResultTable
  digest: DigestTable
  tag_color: TagColorTable
  saved_filter: SavedFilterTable
  idempotency: IdempotencyTable
  inbox: InboxTable
  outbox: OutboxTable
}
