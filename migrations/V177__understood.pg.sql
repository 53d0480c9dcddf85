-- A twin: a column may be made empty without making its table anew.
-- Versions of the target market and of the top needs; members confirm them as they confirm the vision, and what they ask is
-- talked over in a thread.
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
alter table confirmation alter column vision drop not null;
alter table confirmation add column target_market text references target_market (id);
alter table confirmation add column top_needs text references top_needs (id);
alter table confirmation add column thread text;
create index confirmation_product on confirmation (product);
