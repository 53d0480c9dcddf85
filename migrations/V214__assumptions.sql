-- What has to be true for a bet to work, how that is tried out and what came of it.
create table assumption_test (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  initiative text not null references initiative (id),
  assumption text not null,
  method text not null,
  expects text not null,
  result text,
  learned text not null,
  settled_on text
);
create index assumption_test_initiative on assumption_test (product, initiative);
