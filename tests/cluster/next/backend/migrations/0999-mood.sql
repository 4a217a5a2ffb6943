-- What a version after this one might add: older code goes on with it.
alter table task add column mood text;
create index task_mood on task (mood) where mood is not null;
