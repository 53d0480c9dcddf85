-- What is known of a label besides the stories that have it.
create table label (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  colour text not null,
  formerly text not null
);
create index label_product on label (product);
