-- Guided cases of strategy and design, and the options that each weighs.
create table guided_case (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  kind text not null,
  state text not null,
  goal text not null,
  diagnosis text not null,
  users text not null,
  needs text not null,
  criteria text not null,
  choice text not null,
  actions text not null,
  not_doing text not null,
  risks text not null,
  prioritisation text not null,
  trade_offs text not null,
  measures text not null,
  summary text not null,
  initiative text references initiative (id),
  hints_off text not null
);
create index guided_case_product on guided_case (product, updated_at, id);
create index guided_case_initiative on guided_case (initiative) where initiative is not null;
create table case_option (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  guided_case text not null references guided_case (id),
  title text not null,
  body text not null,
  rank text not null,
  chosen bigint not null
);
create index case_option_case on case_option (guided_case, rank, id);
create index case_option_product on case_option (product, rank, id);
