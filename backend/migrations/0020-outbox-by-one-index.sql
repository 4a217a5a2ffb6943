-- breaks: nothing: older code takes longer to find what waits, for as long as it runs beside this.
-- What is under way is looked up once for all that waits, and no longer by the key of each.
drop index outbox_waiting_key;
