-- What starts are counted by is a number of 64 bits. Those of before are not counted any more.
alter table logins
  alter column hint_hash type bigint using null,
  alter column address_hash type bigint using null;
