-- The address that an account is about to have: taken when the link that was mailed there is followed. One for each
-- account: another request takes its place, and whatever changes the password takes it away.
create table address_change (
  user_id uuid primary key references "user" (id) on delete cascade,
  token_hash text not null,
  email text not null,
  expires_at timestamptz not null
);

-- Whoever set another password, by whatever way, does not mean what was asked for with the one before.
create function drop_address_change() returns trigger language plpgsql as $$
begin
  delete from address_change where user_id = new."userId";
  return null;
end $$;
create trigger drop_address_change after update of password on account
  for each row execute function drop_address_change();
