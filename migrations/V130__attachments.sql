-- Files that hang on things; what they hold is kept beside the database, under its SHA-256.
create table attachment (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  about_noun text not null,
  about_id text not null,
  about_label text not null,
  name text not null,
  kind text not null,
  size bigint not null,
  sha256 text not null,
  small text not null,
  width bigint not null,
  height bigint not null,
  member text not null references member (id)
);
create index attachment_product on attachment (product, created_at);
create index attachment_about on attachment (about_id, created_at);
create index attachment_sha256 on attachment (sha256);
create index attachment_small on attachment (small);
