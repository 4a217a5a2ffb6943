-- The zone of a person, which stays as it is until the end of the transaction that asks. Who changes it takes the same
-- lock alone: whole days that are entered meanwhile are either moved by the change, or entered after it.
create function held_zone(person uuid) returns text language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('zone ' || person, 0));
  return (select "timeZone" from "user" where id = person);
end $$;

create or replace function stamp_task() returns trigger language plpgsql as $$
begin
  new.change_no := pg_current_xact_id()::text::bigint;
  if tg_op = 'INSERT' or new.list_id <> old.list_id then
    new.owner_id := (select owner_id from list where id = new.list_id);
  end if;
  if tg_op = 'INSERT' or new.title <> old.title or new.notes <> old.notes then
    new.search := searched(new.title, new.notes);
  end if;
  if tg_op = 'INSERT' or new.due_date is distinct from old.due_date or new.due_at is distinct from old.due_at
    or new.owner_id <> old.owner_id then
    new.due_by := case
      when new.due_date is null then 'infinity'
      when new.due_at is not null then new.due_at
      else end_of_day(new.due_date, held_zone(new.owner_id))
    end;
  end if;
  return new;
end $$;
