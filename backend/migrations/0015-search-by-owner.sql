-- The words of a person, each behind the person's key: a search is among theirs, however many others there are. With
-- the person as a column of the index, each search also went through the places of all of their tasks (half of its time
-- at 100,000), and the beginning of a word through everybody's words.
-- It narrows down and does not decide: places and weights are left out, of a word what is behind its first 100
-- characters, and the pairs of long notes, with which it could get longer than a tsvector may be.
create function owner_words(owner uuid, search tsvector) returns tsvector
language plpgsql immutable parallel safe
as $$
declare
  key text := right(owner::text, 12);
  words text[] := '{}';
  word text;
begin
  -- A loop takes half as long as a query.
  foreach word in array tsvector_to_array(search) loop
    if left(word, 1) <> ' ' then
      words := words || (key || left(word, 100));
    end if;
  end loop;
  return array_to_tsvector(words);
end $$;

-- What finds, among the words of these people, at least what `query` finds: one of words and phrases, with no negation.
-- No word has a < in it: `search_text` takes it away.
create function owner_query(owners uuid[], query tsquery) returns tsquery
language sql immutable parallel safe
as $$
  select string_agg('(' || regexp_replace(
    regexp_replace(query::text, '<(-|\d+)>', '&', 'g'),
    $word$'((?:[^'\\]|''|\\\\){1,100})(?:[^'\\]|''|\\\\)*'$word$,
    '''' || right(owner::text, 12) || '\1''', 'g') || ')', ' | ')::tsquery
  from unnest(owners) as owner
  where numnode(query) > 0
$$;

create index task_words on task using gin (owner_words(owner_id, search)) with (gin_pending_list_limit = 256);
