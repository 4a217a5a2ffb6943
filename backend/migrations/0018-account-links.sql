-- When links of a kind were last mailed to an address, newest first: anybody may ask for one for any address. By the
-- address, hashed with a key, and not by the person: an account that is made anew is not counted anew.
create table account_link (
  address_hash text not null,
  purpose text not null,
  sent_at timestamptz[] not null,
  primary key (address_hash, purpose)
);

-- Whoever was here before addresses could have to be confirmed is mailed as before.
update "user" set "emailVerified" = true where not "emailVerified";
