-- Customers and segments, which were names until now.
create table segment (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  size bigint,
  growth double precision,
  note text not null
);
create index segment_product on segment (product, lower(name));
create table customer (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  size bigint,
  revenue double precision,
  segment text references segment (id),
  note text not null,
  merged_into text
);
create index customer_product on customer (product, lower(name), id);
create index customer_segment on customer (segment);
create index evidence_customer on evidence (product, customer, noted_on);
create index evidence_segment on evidence (product, segment);
-- What revenue is counted in: a code of three letters, or nothing.
alter table product add column currency text not null default '';
