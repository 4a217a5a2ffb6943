-- A tag is the same in any letter case: each letter upper and then lower case by Unicode's simple mappings, as tagKey in
-- the API and the browser has it. Left to the database's own locale, a sigma or a Turkish i was another letter here.
create function tag_key(text) returns text
language plpgsql immutable strict parallel safe
as $$ begin return lower(upper($1 collate "pg_c_utf8") collate "pg_c_utf8"); end $$;

create or replace function tag_keys(text[]) returns text[]
language plpgsql immutable strict parallel safe
as $$ begin return lower(upper($1::text collate "pg_c_utf8") collate "pg_c_utf8")::text[]; end $$;
reindex index task_tags;

delete from tag_color c using tag_color other
where other.user_id = c.user_id and tag_key(other.name) = tag_key(c.name) and other.name < c.name;
update tag_color set name = tag_key(name) where name <> tag_key(name);
