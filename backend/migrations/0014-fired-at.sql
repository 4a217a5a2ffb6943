-- When the reminder rang that a line of the log is about: one that repeats has rung again since.
alter table delivery add column fired_at timestamptz;
