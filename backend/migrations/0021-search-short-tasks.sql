-- breaks: nothing: the same words of every text, found in less time where there are no notes, as in most tasks.
create or replace function searched(title text, notes text) returns tsvector
language plpgsql immutable parallel safe
as $$
declare
  content text;
  found tsvector := setweight(to_tsvector('simple', search_text(title)), 'A');
begin
  if notes = '' then
    return found;
  end if;
  content := search_text(notes);
  found := found || setweight(to_tsvector('simple', content), 'C');
  if length(notes) > 500 and exists (
    select from unnest(found) where cardinality(positions) >= 255 or positions[cardinality(positions)] >= 16383
  ) then
    return found || array_to_tsvector(word_pairs(content));
  end if;
  return found;
end $$;
