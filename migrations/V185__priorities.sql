-- Ways of scoring, what was agreed by them, and rounds in which people rate apart.
create table scheme (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  method text not null,
  thing text not null,
  area text not null,
  criteria text not null,
  counted text not null
);
create index scheme_product on scheme (product);
create table scoring_round (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  scheme text not null references scheme (id),
  title text not null,
  member text not null references member (id),
  asked text not null,
  items text not null,
  ends_on text,
  opened_at bigint,
  agreement double precision,
  adopted_at bigint
);
create index scoring_round_product on scoring_round (product, created_at);
create index scoring_round_scheme on scoring_round (scheme, created_at);
create table score (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  scheme text not null references scheme (id),
  about_noun text not null,
  about_id text not null,
  criterion text not null,
  written text not null,
  round text references scoring_round (id)
);
create unique index score_once on score (scheme, about_id, criterion) where removed_at is null;
create index score_thing on score (about_id);
create index score_product on score (product);
create table rater (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  round text not null references scoring_round (id),
  member text not null references member (id),
  criteria text not null,
  state text not null
);
create unique index rater_once on rater (round, member) where removed_at is null;
create index rater_member on rater (product, member);
create table rating (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  round text not null references scoring_round (id),
  member text not null references member (id),
  gave text not null,
  note text not null
);
create unique index rating_once on rating (round, member) where removed_at is null;
create index rating_product on rating (product);
create table settled_rating (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  round text not null references scoring_round (id),
  about_noun text not null,
  about_id text not null,
  criterion text not null,
  written text not null,
  reason text not null,
  member text not null references member (id)
);
create unique index settled_rating_once on settled_rating (round, about_id, criterion) where removed_at is null;
create index settled_rating_product on settled_rating (product);
-- The order of needs, where one was agreed.
alter table need add column place text;
