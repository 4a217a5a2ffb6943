import pg from 'pg'
import type { TodoEvent } from '@todo/model/events'

/**
 * From here on, keeps every event of the backend, which go through its outbox, and in the one-process mode those of the
 * other services too, which become jobs at once.
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
  do $$ begin
    if to_regclass('graphile_worker._private_jobs') is not null then
      create trigger keep after insert on graphile_worker._private_jobs
        for each row execute function acceptance.keep_of_jobs();
    end if;
  end $$;`

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

export async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
