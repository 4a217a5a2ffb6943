import pg from 'pg'
import type { TodoEvent } from '@todo/model/events'
import { contractProblems } from './event-contract.ts'

/**
 * From here on, keeps every event that goes onto the bus of the one-process mode: those of the backend go through its
 * outbox, those of the other services become jobs at once.
 */
export async function captureEvents(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, (client) => client.query(CAPTURE))
}

const CAPTURE = `
  create schema acceptance;
  create table acceptance.event (at timestamptz not null default clock_timestamp(), event json not null);

  create function acceptance.keep_of_outbox() returns trigger language plpgsql as $$
  begin
    if new.entry->>'kind' in ('event', 'events') then
      insert into acceptance.event (event)
      select json_array_elements(coalesce(new.entry->'events', json_build_array(new.entry->'event')));
    end if;
    return null;
  end $$;
  create trigger keep after insert on outbox for each row execute function acceptance.keep_of_outbox();

  create function acceptance.keep_of_jobs() returns trigger language plpgsql as $$
  begin
    if json_typeof(new.payload->'events') = 'array' then
      insert into acceptance.event (event) select json_array_elements(new.payload->'events');
    end if;
    return null;
  end $$;
  create trigger keep after insert on graphile_worker._private_jobs
    for each row execute function acceptance.keep_of_jobs();`

/** Every event that went onto the bus, each once, in the order of their first appearance. */
export async function capturedEvents(databaseUrl: string): Promise<TodoEvent[]> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ event: TodoEvent }>(
      `select event from (select distinct on (event->>'id') at, event from acceptance.event order by event->>'id', at) e
       order by at`,
    ),
  )
  return rows.map(({ event }) => event)
}

/** @throws when an event on the bus is not as the published AsyncAPI document says */
export async function checkCapturedEvents(databaseUrl: string): Promise<void> {
  const events = await capturedEvents(databaseUrl)
  const problems = events.flatMap((event) => contractProblems(event).map((problem) => `${event.type}: ${problem}`))
  if (problems.length === 0) return
  throw new Error(`Events that are not as specs/…/contracts/asyncapi.yaml says:\n${[...new Set(problems)].join('\n')}`)
}

export async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
