-- The brief of a feature, paragraph by paragraph, each of which can be talked about.
create table brief_paragraph (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  feature text not null references feature (id),
  part text not null,
  rank text not null,
  body text not null
);
create index brief_paragraph_feature on brief_paragraph (product, feature);
