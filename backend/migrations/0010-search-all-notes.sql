-- All of the notes are searched: beyond 20,000 characters a word was taken for one that is nowhere, and mended.
create or replace function searched(title text, notes text) returns tsvector
language sql immutable parallel safe
as $$ select setweight(to_tsvector('simple', search_text(title)), 'A')
  || setweight(to_tsvector('simple', search_text(notes)), 'C') $$;

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
      else end_of_day(new.due_date, (select "timeZone" from "user" where id = new.owner_id))
    end;
  end if;
  return new;
end $$;

update task set search = searched(title, notes) where length(notes) > 20000;
