-- Estimates, and the facts that they rest on.
create table estimate_model (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  serves text not null,
  body text not null,
  note text not null
);
create index estimate_model_product on estimate_model (product, updated_at, id);
create table known_fact (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  worth text not null,
  source text not null,
  year bigint,
  url text not null
);
create index known_fact_product on known_fact (product, name, id);
