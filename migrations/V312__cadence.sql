-- How a product moves: in sprints that follow one another, or without.
create table cadence (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  way text not null,
  begins text not null,
  weeks bigint not null,
  names text not null,
  ahead bigint not null,
  member text not null references member (id)
);
create index cadence_product on cadence (product);
