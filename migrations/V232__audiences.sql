-- What of the roadmap an audience is shown, at which grain, with which dates.
create table audience (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  opening text not null,
  layout text not null,
  grain text not null,
  dates text not null,
  horizon text not null,
  theme text not null
);
create index audience_product on audience (product, created_at, id);
