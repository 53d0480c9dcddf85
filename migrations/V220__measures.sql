-- The product's own figures, and what they were on which day.
create table measure (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  meaning text not null,
  unit text not null,
  part text not null,
  better text not null,
  parts_make text not null,
  dimensions text not null
);
create index measure_product on measure (product, created_at, id);
create table measure_value (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  measure text not null references measure (id),
  on_day text not null,
  amount double precision not null,
  along text not null,
  note text not null,
  member text references member (id)
);
create index measure_value_day on measure_value (product, measure, on_day);
