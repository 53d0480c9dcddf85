-- Kano surveys, what each asks about, and the links by which they are answered.
create table survey (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  intro text not null,
  state text not null,
  closes_on text,
  in_portal bigint not null,
  closed_at bigint,
  people bigint not null
);
create index survey_product on survey (product, created_at, id);
create table survey_item (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  survey text not null references survey (id),
  feature text references feature (id),
  title text not null,
  body text not null,
  place bigint not null,
  cells text not null
);
create index survey_item_survey on survey_item (survey, place);
create table survey_link (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  survey text not null references survey (id),
  name text not null,
  once bigint not null,
  member text not null references member (id),
  token_hash text not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index survey_link_survey on survey_link (survey);
create index survey_link_token on survey_link (token_hash);
