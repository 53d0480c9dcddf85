-- The scale of a product, and planning poker: sessions, the votes on their stories, and the cards that were turned over.
create table estimate_scale (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  kind text not null,
  cards text not null
);
create index estimate_scale_product on estimate_scale (product, created_at);
create table poker (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  member text not null references member (id),
  asked text not null,
  cards text not null,
  ends_on text,
  ended_at bigint
);
create index poker_product on poker (product, created_at);
create index poker_on on poker (product, ends_on) where ended_at is null;
create table poker_round (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  poker text not null references poker (id),
  story text not null references story (id),
  place bigint not null,
  turn bigint not null,
  state text not null,
  turned_at bigint,
  points double precision,
  reason text not null,
  settled_by text references member (id)
);
create index poker_round_poker on poker_round (poker, place, turn);
create index poker_round_story on poker_round (product, story);
create table poker_vote (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  round text not null references poker_round (id),
  member text not null references member (id),
  card text not null,
  points double precision,
  note text not null
);
create index poker_vote_round on poker_vote (product, round, member);
-- What is settled and was changed lately: the texts that are compared are brought up to date by it.
create index story_settled_updated on story (product, updated_at) where settled_at is not null;
