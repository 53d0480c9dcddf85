-- The story map: the steps that somebody goes through, and where stories stand between steps and releases.
create table map_step (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  rank text not null
);
create index map_step_product on map_step (product, rank);
create table map_place (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  step text not null references map_step (id),
  release text references release (id)
);
create index map_place_product on map_place (product);
create unique index map_place_story on map_place (story) where removed_at is null;
create index map_place_step on map_place (step);
