-- Versions of the target market and of the top needs; members confirm them as they confirm the vision, and what they ask is
-- talked over in a thread. (The table is made anew because what is confirmed need no longer be a vision.)
create table target_market (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  segments text not null,
  note text not null
);
create index target_market_product on target_market (product, number);
create table top_needs (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  needs text not null,
  note text not null
);
create index top_needs_product on top_needs (product, number);
create table confirmation_anew (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  vision text references vision (id),
  member text not null references member (id),
  question text not null,
  target_market text references target_market (id),
  top_needs text references top_needs (id),
  thread text
);
insert into confirmation_anew select id, product, version, created_at, updated_at, removed_at, vision, member, question, null, null, null from confirmation;
drop table confirmation;
alter table confirmation_anew rename to confirmation;
create index confirmation_vision on confirmation (vision);
create index confirmation_product on confirmation (product);
