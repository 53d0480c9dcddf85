-- Club evenings of a team: the same challenge, timed, sealed until revealed together.
create table club_evening (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  challenge text not null,
  title text not null,
  minutes bigint not null,
  member text not null references member (id),
  started_at bigint,
  revealed_at bigint
);
create index club_evening_product on club_evening (product, created_at, id);
create table evening_answer (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  evening text not null references club_evening (id),
  member text not null references member (id),
  answer text not null,
  note text not null,
  marks text not null,
  score double precision,
  handed_in_at bigint not null,
  late bigint not null
);
create index evening_answer_evening on evening_answer (evening, id);
create index evening_answer_member on evening_answer (member);
