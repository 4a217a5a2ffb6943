-- Lines about reminders, which are taken away when they are old.
create index history_entry_reminder on audit.history_entry (at) where version is null;
