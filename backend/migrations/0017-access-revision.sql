-- What the backend remembers of a person (the lists they may see, their zone, their default reminder) is numbered: who
-- goes by it asks in the same statement whether the number is still the same. Any replica may have changed it, a moment ago.
create table access_revision (
  user_id uuid primary key references "user" (id) on delete cascade,
  revision bigint not null default 0
);

create function start_access_revision() returns trigger language plpgsql as $$
begin
  insert into access_revision (user_id) values (new.id);
  return null;
end $$;
create trigger start_access_revision after insert on "user" for each row execute function start_access_revision();

-- At the end of a transaction, so that whoever waits for this row holds up nobody who waits for something else.
create function list_changes_access() returns trigger language plpgsql as $$
begin
  update access_revision set revision = revision + 1
  where user_id in (select user_id from list_member where list_id = new.id);
  return null;
end $$;
create constraint trigger list_changes_access after update of deleted_at, owner_id on list
  deferrable initially deferred for each row
  when (old.deleted_at is distinct from new.deleted_at or old.owner_id <> new.owner_id)
  execute function list_changes_access();

-- Whoever comes or goes waits for a change of the list, and the other way round: of two at once, the trigger of the later
-- one sees what the earlier has done.
create function member_waits_for_list() returns trigger language plpgsql as $$
begin
  perform from list where id = coalesce(new.list_id, old.list_id) for share;
  return coalesce(new, old);
end $$;
create trigger member_waits_for_list before insert or delete on list_member
  for each row execute function member_waits_for_list();

-- Everyone in a list knows who else is.
create function member_changes_access() returns trigger language plpgsql as $$
declare
  changed list_member := coalesce(new, old);
begin
  update access_revision set revision = revision + 1
  where user_id = changed.user_id or user_id in (select user_id from list_member where list_id = changed.list_id);
  return null;
end $$;
create constraint trigger member_joins_or_leaves after insert or delete on list_member
  deferrable initially deferred for each row execute function member_changes_access();
create constraint trigger member_changes_role after update of role on list_member
  deferrable initially deferred for each row when (old.role <> new.role) execute function member_changes_access();

create function profile_changes_access() returns trigger language plpgsql as $$
begin
  update access_revision set revision = revision + 1 where user_id = new.id;
  return null;
end $$;
create constraint trigger profile_changes_access after update of "timeZone", "defaultReminder" on "user"
  deferrable initially deferred for each row
  when ((old."timeZone", old."defaultReminder") is distinct from (new."timeZone", new."defaultReminder"))
  execute function profile_changes_access();

insert into access_revision (user_id) select id from "user";

-- Where the number is another one: no row at all would look like an empty page. Stable, so that a statement asks once.
create function access_changed() returns boolean language plpgsql stable parallel safe as $$
begin
  raise exception using errcode = 'TC001', message = 'the access of this person has changed since it was read';
end $$;
