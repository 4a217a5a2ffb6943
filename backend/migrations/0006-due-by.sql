-- The end of a whole day in a zone. A zone that this PostgreSQL is too old to know is taken for UTC.
create function end_of_day(day date, zone text) returns timestamptz
language plpgsql stable
as $$
begin
  return (day + time '23:59:59.999') at time zone zone;
exception when invalid_parameter_value then
  return (day + time '23:59:59.999') at time zone 'UTC';
end $$;

create or replace function stamp_task() returns trigger language plpgsql as $$
begin
  new.change_no := pg_current_xact_id()::text::bigint;
  if tg_op = 'INSERT' or new.list_id <> old.list_id then
    new.owner_id := (select owner_id from list where id = new.list_id);
  end if;
  if tg_op = 'INSERT' or new.title <> old.title or new.notes <> old.notes then
    new.search := setweight(to_tsvector('simple', search_text(new.title)), 'A')
      || setweight(to_tsvector('simple', search_text(left(new.notes, 20000))), 'C');
  end if;
  if tg_op = 'INSERT' or new.due_date is distinct from old.due_date or new.due_at is distinct from old.due_at
    or new.owner_id <> old.owner_id then
    new.due_by := case
      when new.due_date is null then 'infinity'
      when new.due_at is not null then new.due_at
      else end_of_day(new.due_date, (select "timeZone" from "user" where id = new.owner_id))
    end;
  end if;
  return new;
end $$;

-- For sorting: the moment of a time, the end of a whole day in the zone of the list's owner, infinity without a day.
alter table task add column due_by timestamptz;
update task t set due_by = case
    when due_date is null then 'infinity'
    when due_at is not null then due_at
    else end_of_day(due_date, (select "timeZone" from "user" u where u.id = t.owner_id))
  end;
alter table task alter column due_by set not null, drop column due_local;
create index task_due on task (list_id, due_by, id) where completed_at is null and deleted_at is null;
create index task_priority on task (list_id, (-priority), due_by, id) where completed_at is null and deleted_at is null;
