create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;

-- In PL/pgSQL, though each is one expression: PostgreSQL sets an SQL function that it cannot inline up anew for every
-- statement, and a write calls these for four indexes (an insert took 268 us of the server so, and takes 236 us).

-- unaccent() is only stable, since its dictionary may change; ours does not, so that it may be indexed.
create function plain_text(text) returns text
language plpgsql immutable strict parallel safe
as $$ begin return lower(public.unaccent('public.unaccent', $1) collate "pg_c_utf8"); end $$;

-- What is searched: words of letters and digits. Left to itself, the parser would keep an address or a path whole.
create function search_text(text) returns text
language plpgsql immutable strict parallel safe
as $$ begin return regexp_replace(public.plain_text($1), '[][!-/:-@\\^_`{-~]+', ' ', 'g'); end $$;

-- A tag is the same in any letter case. An array's text form is only stable in general; for text it does not change.
create function tag_keys(text[]) returns text[]
language plpgsql immutable strict parallel safe
as $$ begin return lower($1::text)::text[]; end $$;

-- Every phrase as it stands and every word, or the beginning of one; null when there is nothing to look for.
create function search_query(phrases text[], words text[]) returns tsquery
language sql immutable parallel safe
as $$
  select string_agg('(' || part::text || ')', ' & ')::tsquery
  from (
    select phraseto_tsquery('simple', search_text(phrase)) from unnest(phrases) as phrase
    union all
    select (
      select string_agg(quote_literal(lexeme) || ':*', ' & ')::tsquery
      from unnest(to_tsvector('simple', search_text(word))))
    from unnest(words) as word
  ) as parts (part)
  where numnode(part) > 0
$$;

create table list (
  id uuid primary key,
  owner_id uuid not null references "user" (id) on delete cascade,
  name text not null,
  color text not null,
  is_inbox boolean not null default false,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  change_no bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create unique index list_inbox on list (owner_id) where is_inbox;

-- Who may see a list, from the first day: every query goes through it. The rank is each person's own.
create table list_member (
  list_id uuid not null references list (id) on delete cascade,
  user_id uuid not null references "user" (id) on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  rank text collate "C" not null,
  primary key (user_id, list_id)
);
create index list_member_list on list_member (list_id);

create table task (
  id uuid primary key,
  list_id uuid not null references list (id) on delete cascade,
  -- Owner of the list, kept by a trigger: a search asks one index once for each owner, not for each list.
  owner_id uuid not null,
  title text not null,
  notes text not null default '',
  priority smallint not null check (priority between 1 and 3),
  tags text[] not null default '{}',
  -- The due date as it was entered: a day, and perhaps a wall-clock time in a zone.
  due_date date,
  due_time time,
  due_zone text,
  -- Derived: the instant of a due date with a time.
  due_at timestamptz,
  -- Sorts: days without a time come last on their day, tasks without a day come last of all.
  due_local timestamp not null generated always as (coalesce(due_date + coalesce(due_time, time '23:59:59.999'), timestamp 'infinity')) stored,
  recurrence jsonb,
  series_id uuid,
  occurrence_at text,
  occurrence_number integer,
  missed_occurrences integer not null default 0,
  -- The next occurrence, taken back since the one before it was reopened: neither in a list nor in the bin.
  withdrawn boolean not null default false,
  -- The version that the series made: the same still means that nobody has touched it.
  made_version integer,
  -- Hash of what the client sent with an id of its own: the same again is the same task.
  created_from text,
  reminders jsonb not null default '[]',
  subtasks jsonb not null default '[]',
  rank text collate "C" not null,
  version integer not null default 1,
  field_versions jsonb not null default '{}',
  change_no bigint not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  deleted_at timestamptz,
  -- Kept by a trigger, and not generated: a generated column is computed again with every update, for 0.1 ms.
  search tsvector not null
);

-- Two makers of one occurrence make one row.
create unique index task_occurrence on task (series_id, occurrence_at) where series_id is not null;
create index task_due on task (list_id, due_local, id) where completed_at is null and deleted_at is null;
create index task_priority on task (list_id, (-priority), due_local, id) where completed_at is null and deleted_at is null;
create index task_created on task (list_id, created_at, id);
create index task_title on task (list_id, plain_text(title) collate "C", id) where completed_at is null and deleted_at is null;
create index task_rank on task (list_id, rank, id);
create index task_completed on task (list_id, completed_at, id) where completed_at is not null and deleted_at is null;
create index task_deleted on task (list_id, deleted_at, id) where deleted_at is not null and not withdrawn;
create index task_change on task (list_id, change_no);
create index task_tags on task using gin (list_id, tag_keys(tags));
create index task_search on task using gin (owner_id, search) with (gin_pending_list_limit = 256);
create index task_fuzzy on task using gin (owner_id, plain_text(title) gin_trgm_ops) with (gin_pending_list_limit = 256);

-- What a copy of a client needs to hear of something that is no longer there.
create table tombstone (
  list_id uuid not null references list (id) on delete cascade,
  task_id uuid not null,
  change_no bigint not null default 0,
  primary key (list_id, task_id)
);
create index tombstone_change on tombstone (list_id, change_no);

-- A reader asks for rows with change_no >= pg_snapshot_xmin of its last read: no commit can hide behind a later one.
create function stamp_change() returns trigger language plpgsql as $$
begin
  new.change_no := pg_current_xact_id()::text::bigint;
  return new;
end $$;
create function stamp_task() returns trigger language plpgsql as $$
begin
  new.change_no := pg_current_xact_id()::text::bigint;
  if tg_op = 'INSERT' or new.list_id <> old.list_id then
    new.owner_id := (select owner_id from list where id = new.list_id);
  end if;
  if tg_op = 'INSERT' or new.title <> old.title or new.notes <> old.notes then
    new.search := setweight(to_tsvector('simple', search_text(new.title)), 'A')
      || setweight(to_tsvector('simple', search_text(left(new.notes, 20000))), 'C');
  end if;
  return new;
end $$;
create trigger task_change before insert or update on task for each row execute function stamp_task();
create trigger list_change before insert or update on list for each row execute function stamp_change();
create trigger tombstone_change before insert or update on tombstone for each row execute function stamp_change();

create table tag_color (
  user_id uuid not null references "user" (id) on delete cascade,
  name text not null,
  color text not null,
  primary key (user_id, name)
);

create table saved_filter (
  id uuid primary key,
  user_id uuid not null references "user" (id) on delete cascade,
  name text not null,
  query text not null,
  version integer not null default 1,
  created_at timestamptz not null
);
create index saved_filter_user on saved_filter (user_id, created_at);

-- Titles in which every word is found with small typing errors. The threshold is the function's own: 0.3 finds
-- "plubmer" and "grocreies", where the default of 0.6 does not. It is asked only when nothing else was found.
create function fuzzy_tasks(owners uuid[], words text[], most integer) returns table (id uuid, score real)
language sql stable
set pg_trgm.word_similarity_threshold = 0.3
as $$
  select t.id, (select min(word_similarity(plain_text(word), plain_text(t.title))) from unnest(words) as word)
  from unnest(owners) as o (id)
  cross join lateral (
    select t.id, t.title from task t
    -- The first word finds rows by the index, so give the longest first; the others are then compared.
    where t.owner_id = o.id and plain_text(t.title) %> plain_text(words[1])
      and plain_text(t.title) %> all (array(select plain_text(word) from unnest(words) as word))
    limit most
  ) as t
$$;
