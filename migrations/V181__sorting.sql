-- The slips: a sorting, where each member put each slip once all lie open, and what was settled.
create table sorting (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  asked text not null,
  finished text not null,
  opened_at bigint,
  ended_at bigint
);
create index sorting_product on sorting (product, created_at);
create table slip (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  sorting text not null references sorting (id),
  member text not null references member (id),
  area text not null,
  pile text not null,
  note text not null
);
create index slip_sorting on slip (sorting);
create table settlement (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  sorting text not null references sorting (id),
  area text not null,
  pile text not null,
  reason text not null
);
create unique index settlement_sorting on settlement (sorting, area) where removed_at is null;
