import { SHOWN, sqlCheck } from './check.ts'
import type { Check } from './check.ts'

/** A reminder after a fault may be late by this much, counted from when all ran again. */
const LATE_MS = 60_000

const FIRED = `select event->'data'->>'reminderId' as id, event->'data'->>'taskId' as task, event->'data'->>'remindAt' as at,
    count(*) as times
  from outbox, json_array_elements(entry->'events') as event
  where entry->>'kind' = 'events' and seq > $1 and event->>'type' = 'todo.reminder.due.v1' group by 1, 2, 3`

export const TASK_CHECKS: Check[] = [
  {
    promise: 'what was answered is there',
    broken: async ({ app, promised }) => {
      const { created, completed, versions } = promised
      const { rows } = await app.database.query<{ id: string; version: number | null; completed: boolean }>(
        `select known.id, t.version, t.completed_at is not null as completed
         from unnest($1::uuid[]) as known (id) left join task t on t.id = known.id`,
        [[...new Set([...created, ...completed, ...versions.keys()])]],
      )
      const lost = rows.filter(
        ({ id, version, completed: isDone }) =>
          version === null || version < (versions.get(id) ?? 0) || (completed.has(id) && !isDone),
      )
      return lost
        .slice(0, SHOWN)
        .map(({ id, version }) => `task ${id} is at ${version}, ${versions.get(id)} was answered`)
    },
  },
  sqlCheck(
    'each completed occurrence has one successor',
    `select series_id as id, count(*) filter (where completed_at is null)::int as open,
       string_agg(occurrence_number::text, ',' order by occurrence_number) as numbers
     from task where series_id is not null group by 1
     having min(created_at) > $1 and (count(*) filter (where completed_at is null) <> 1
       or count(distinct occurrence_number) <> max(occurrence_number) or count(*) <> max(occurrence_number))`,
    ({ opened }) => [opened],
    ({ id, open, numbers }) => `series ${id} has ${open} open ones among ${numbers}`,
  ),
  sqlCheck(
    'each reminder that came due has fired',
    `select r.id, remind_at::text as at from reminder r join task t on t.id = r.task_id
     where state = 'pending' and remind_at < now() and t.created_at > $1`,
    ({ opened }) => [opened],
    ({ id, at }) => `reminder ${id} of ${at} has not`,
  ),
  sqlCheck(
    'each reminder fires once',
    `select id, times::int from (${FIRED}) fired where times > 1`,
    ({ since }) => [since.seq],
    ({ id, times }) => `reminder ${id} fired ${times} times`,
  ),
  sqlCheck(
    'a reminder that was moved or called off does not fire',
    `select off.id, off.at from (${FIRED}) fired
     join unnest($2::text[], $3::text[]) as off (id, at) on off.id = fired.task and off.at::timestamptz = fired.at::timestamptz`,
    ({ since, promised: { calledOff } }) => [
      since.seq,
      calledOff.map(({ taskId }) => taskId),
      calledOff.map(({ at }) => at),
    ],
    ({ id, at }) => `a reminder of task ${id} fired at ${at}`,
  ),
  sqlCheck(
    'no reminder fires early',
    `select id, (remind_at - fired_at)::text as early from reminder where fired_at < remind_at`,
    () => [],
    ({ id, early }) => `reminder ${id} fired ${early} early`,
  ),
  sqlCheck(
    'no reminder fires more than 60 s after all runs again',
    `select id, (fired_at - remind_at)::text as late from reminder
     where fired_at > $1 and fired_at - greatest(remind_at, $2) > make_interval(secs => ${LATE_MS / 1_000})`,
    ({ since, healedAt }) => [since.at, healedAt],
    ({ id, late }) => `reminder ${id} was ${late} late`,
  ),
  {
    promise: 'each reminder that fired was mailed',
    broken: async ({ app, mails, since }) => {
      const { rows } = await app.database.query<{ title: string }>(
        `select t.title from reminder r join task t on t.id = r.task_id where r.state = 'fired' and r.fired_at > $1`,
        [since.at],
      )
      const missing = rows.filter(({ title }) => mails.of(title) === 0)
      return missing.slice(0, SHOWN).map(({ title }) => `no mail came of “${title}”`)
    },
  },
  sqlCheck(
    'each firing is in the delivery log, once by mail and once in the app',
    `select r.id, string_agg(d.channel, ',' order by d.channel) as channels
     from reminder r left join delivery d
       on d.reminder_id = r.id and d.remind_at = r.remind_at and d.status = 'delivered'
     where r.state = 'fired' and r.fired_at > $1
     group by r.task_id, r.id having string_agg(d.channel, ',' order by d.channel) is distinct from 'email,in-app'`,
    ({ since }) => [since.at],
    ({ id, channels }) => `reminder ${id} has ${channels ?? 'nothing'}`,
  ),
]
