-- Attempts at challenges of the practice club; each is its member's alone.
create table attempt (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  challenge text not null,
  discipline text not null,
  title text not null,
  level bigint not null,
  mode text not null,
  stage text not null,
  answer text not null,
  asked text not null,
  hints text not null,
  marks text not null,
  score double precision,
  low double precision,
  high double precision,
  interval_points double precision,
  hit bigint,
  rated bigint not null,
  rating double precision,
  deviation double precision,
  volatility double precision,
  handed_in_at bigint,
  revises text references attempt (id)
);
create index attempt_member on attempt (member, created_at, id);
create index attempt_challenge on attempt (member, challenge);
create index attempt_rated on attempt (member, discipline, handed_in_at) where rated = 1;
