-- Passed over: completed, without having been done.
alter table task add column skipped boolean not null default false;
-- Where a change was for one occurrence only: what the next one has instead.
alter table task add column following jsonb;
-- The first of the series that this one goes on from: a new rule makes a new series, and its story goes on.
alter table task add column series_root uuid;

create index task_series on task ((coalesce(series_root, series_id)), occurrence_number) where series_id is not null;
