-- A tsvector keeps 255 places of a word, and none behind the 16,383rd word. Of a text that has more, every two words that
-- follow each other are kept beside its words, so that a phrase is found in it too. A space before them, as before no
-- word, keeps them from those that begin like a word that is searched.
create or replace function word_pairs(content text) returns text[]
language sql immutable parallel safe
as $$
  select array(
    select distinct pair from (
      select ' ' || token || ' ' || lead(token) over (order by place) as pair
      -- 12: what is between words.
      from ts_parse('default', content) with ordinality as words (kind, token, place) where kind <> 12
    ) as neighbours
    where octet_length(pair) < 2046)
$$;

create or replace function searched(title text, notes text) returns tsvector
language plpgsql immutable parallel safe
as $$
declare
  content text := search_text(notes);
  found tsvector := setweight(to_tsvector('simple', search_text(title)), 'A') || setweight(to_tsvector('simple', content), 'C');
begin
  if length(notes) > 500 and exists (
    select from unnest(found) where cardinality(positions) >= 255 or positions[cardinality(positions)] >= 16383
  ) then
    return found || array_to_tsvector(word_pairs(content));
  end if;
  return found;
end $$;

-- `search_query`, by which a match is weighed, and what it does not find in such a text: every pair of the phrase.
create or replace function match_query(phrases text[], words text[]) returns tsquery
language sql immutable parallel safe
as $$
  select string_agg('(' || part::text || ')', ' & ')::tsquery
  from (
    select coalesce(query || (
      select string_agg(quote_literal(pair), ' & ')::tsquery from unnest(word_pairs(search_text(phrase))) as pair), query)
    from unnest(phrases) as phrase cross join lateral phraseto_tsquery('simple', search_text(phrase)) as query
    union all
    select search_query('{}', words)
  ) as parts (part)
  where numnode(part) > 0
$$;

update task set search = searched(title, notes) where length(notes) > 500 and searched(title, notes) <> search;

-- As before, and no pairs.
create or replace function words_since(list uuid, since bigint, most integer, out words text[], out next bigint, out horizon bigint)
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
    where char_length(word) between 2 and 40 and word !~ '[[:digit:][:space:]]');
end $$;
