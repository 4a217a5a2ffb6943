import { SHOWN, sqlCheck } from './check.ts'
import type { Check, Evidence } from './check.ts'

/** What the history keeps of what the backend says. */
const KEPT = [
  'task.created',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.deleted',
  'task.restored',
  'list.created',
  'list.updated',
  'list.deleted',
  'list.restored',
  'reminder.due',
]
const KEPT_TYPES = KEPT.map((name) => `todo.${name}.v1`)
/** What the notification service says, which has no outbox. */
const OUTCOMES = ['reminder.delivered', 'reminder.failed']

const SAID = `select (event->>'id')::uuid as id, event->>'type' as type, seq
  from outbox, json_array_elements(entry->'events') as event where entry->>'kind' = 'events'`

const sinceSeq = ({ since }: Evidence) => [since.seq]

export const EVENT_CHECKS: Check[] = [
  sqlCheck(
    'nothing is left unpublished',
    `select key, entry->>'kind' as kind from outbox where published_at is null and seq > $1`,
    sinceSeq,
    ({ key, kind }) => `${kind} of ${key} waits in the outbox`,
  ),
  sqlCheck(
    'every event of the outbox is in the history',
    `select id, type from (${SAID} and seq > $1) said
     where type = any($2) and not exists (select from audit.history_entry h where h.event_id = said.id)`,
    ({ since }) => [since.seq, KEPT_TYPES],
    ({ id, type }) => `${type} ${id} is not there`,
  ),
  sqlCheck(
    'nothing is in the history that the outbox did not have',
    `select event_id as id, type from audit.history_entry
     where recorded_at > $1 and type = any($2) and event_id not in (select id from (${SAID}) said)`,
    ({ since }) => [since.at, KEPT],
    ({ id, type }) => `${type} ${id} came from nowhere`,
  ),
  sqlCheck(
    'the history of each task has each version once, up to the task’s own',
    `select t.id, t.version, h.versions
     from task t join lateral (
       select string_agg(version::text, ',' order by version) as versions from audit.history_entry
       where task_id = t.id and version is not null) h on true
     where t.updated_at > $1
       and h.versions is distinct from (select string_agg(n::text, ',' order by n) from generate_series(1, t.version) n)`,
    ({ since }) => [since.at],
    ({ id, version, versions }) => `task ${id} is at ${version}, its history has ${versions}`,
  ),
  {
    promise: 'there are no dead letters but those of the poison',
    broken: async ({ app, letters, since }) => {
      const { rows } = await app.database.query<{ consumer: string; id: string; error: string; isNew: boolean }>(
        'select consumer, event_id as id, error, failed_at > $1 as "isNew" from platform.dead_letter',
        [since.at],
      )
      const there = new Set(rows.map(({ consumer, id }) => `${consumer} ${id}`))
      const unwanted = rows.filter(({ consumer, id, isNew }) => isNew && !letters.has(`${consumer} ${id}`))
      const missing = [...letters].filter((letter) => !there.has(letter))
      return [
        ...unwanted.map(({ consumer, id, error }) => `${consumer} gave up ${id}: ${error}`),
        ...missing.map((letter) => `no letter of ${letter}`),
      ].slice(0, SHOWN)
    },
  },
]

/** Reads on in the topics, which takes longer than a look into tables. */
export const TOPIC_CHECK: Check = {
  promise: 'every outcome of a reminder that was published is in the history',
  broken: async ({ app, topics }) => {
    await topics.readOn(await app.brokers())
    const outcomes = [...topics.events].filter(([, { type }]) => OUTCOMES.some((name) => type === `todo.${name}.v1`))
    const ids = outcomes.map(([id]) => id)
    const { rows } = await app.database.query<{ id: string }>(
      `select id from unnest($1::uuid[]) as id
         where not exists (select from audit.history_entry where event_id = id) limit ${SHOWN}`,
      [ids],
    )
    return rows.map(({ id }) => `${topics.events.get(id)?.type} ${id} is not there`)
  },
}
