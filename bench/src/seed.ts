import type pg from 'pg'

const STARTS = [
  'ba',
  'be',
  'bri',
  'ca',
  'che',
  'do',
  'fe',
  'ga',
  'gri',
  'ha',
  'jo',
  'ka',
  'le',
  'lu',
  'ma',
  'mi',
  'no',
  'pa',
  'pre',
  'ro',
  'sa',
  'sto',
  'ta',
  'tri',
  've',
]
const MIDDLES = ['ca', 'di', 'lo', 'ma', 'ne', 'ra', 'ri', 'sso', 'ti', 'vi']
const ENDS = ['ble', 'der', 'ge', 'ment', 'n', 'st']

/** 1,500 words that can be pronounced: each is in about one task of 500, as an ordinary word in a person's own. */
const WORDS = STARTS.flatMap((start) => MIDDLES.flatMap((middle) => ENDS.map((end) => `${start}${middle}${end}`)))

/** Fills a list-owning account with so many open tasks, straight into the table: spread over its lists, tags and days. */
export async function seedTasks(pool: pg.Pool, listIds: string[], count: number, from = 0): Promise<void> {
  await pool.query(
    `insert into task (id, list_id, title, notes, priority, tags, due_date, due_time, due_zone, due_at, rank, created_at, updated_at)
     select gen_random_uuid(), ($1::uuid[])[1 + n % array_length($1::uuid[], 1)],
       initcap(($2::text[])[1 + (hashtext('a' || n) & 1048575) % array_length($2::text[], 1)]) || ' '
         || ($2::text[])[1 + (hashtext('b' || n) & 1048575) % array_length($2::text[], 1)] || ' '
         || ($2::text[])[1 + (hashtext('c' || n) & 1048575) % array_length($2::text[], 1)] || ' ' || n,
       'Notes about ' || ($2::text[])[1 + (hashtext('d' || n) & 1048575) % array_length($2::text[], 1)] || ' and what is left to do.',
       1 + n % 3, array['tag' || n % 40, case when n % 5 = 0 then 'urgent' else 'later' end],
       case when n % 4 = 0 then null else date '2027-01-01' + n % 700 end,
       case when n % 4 in (1, 2) then time '09:00' end, case when n % 4 in (1, 2) then 'Europe/Lisbon' end,
       case when n % 4 in (1, 2) then timestamptz '2027-01-01 09:00+00' + make_interval(days => n % 700) end,
       'a' || lpad(to_hex(n), 6, '0') || 'V', now() - make_interval(secs => n), now()
     from generate_series($4::int + 1, $4::int + $3::int) as n`,
    [listIds, WORDS, count, from],
  )
  await pool.query('vacuum analyze task')
}
