-- Typing errors are mended by the words that are in use, so that no write has to keep an index for it.
drop index task_fuzzy;
drop function fuzzy_tasks(uuid[], text[], integer);

-- The words in those tasks of a list that changed since `since`, at most about `most` tasks at a time. `next` is where
-- to go on, null at the end; `horizon` is where to look for later changes. Numbers are left out: they are never mended.
create function words_since(list uuid, since bigint, most integer, out words text[], out next bigint, out horizon bigint)
language plpgsql stable
as $$
begin
  horizon := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  select t.change_no into next from task t
  where t.list_id = list and t.change_no >= since order by t.change_no offset most limit 1;
  -- All changes of one transaction at once.
  next := next + 1;
  if not exists (select from task t where t.list_id = list and t.change_no >= since) then
    return;
  end if;
  words := array(
    select word from ts_stat(format(
      'select search from task where list_id = %L and change_no >= %s and change_no < %s',
      list, since, coalesce(next, 9223372036854775807)))
    where char_length(word) between 2 and 40 and word !~ '[[:digit:]]');
end $$;
