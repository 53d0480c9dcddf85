-- Fields that a product defines on its things, and what they hold: a row for each thing and field.
create table field (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  thing text not null,
  kind text not null,
  unit text not null,
  choices text not null
);
create index field_product on field (product, thing, created_at);
create table field_value (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  about_noun text not null,
  about_id text not null,
  field text not null references field (id),
  text text not null,
  number double precision,
  day text
);
create unique index field_value_thing on field_value (about_id, field) where removed_at is null;
create index field_value_product on field_value (product);
create index field_value_field on field_value (field, number, day);
