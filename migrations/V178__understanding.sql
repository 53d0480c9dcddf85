-- What one member writes down as what another means, sentence by sentence, and what the other says to each.
create table playback (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  about_noun text not null,
  about_id text not null,
  about_label text not null,
  member text not null references member (id),
  whom text not null references member (id),
  words text not null,
  settled_at bigint
);
create index playback_product on playback (product, created_at, id);
create table playback_part (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  playback text not null references playback (id),
  about_noun text not null,
  about_id text not null,
  member text not null references member (id),
  place bigint not null,
  words text not null,
  meant bigint,
  thread text
);
create index playback_part_playback on playback_part (playback, place);
-- Five questions in each sprint.
create table pulse (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  number bigint not null,
  sprint text references sprint (id),
  asked text not null,
  closed_at bigint,
  people bigint not null,
  sums text not null
);
create index pulse_product on pulse (product, number);
create unique index pulse_open on pulse (product) where closed_at is null and removed_at is null;
-- Answers that are counted, and who has answered: machinery, without activity. Neither keeps an order or a time.
create table answer_count (
  round text not null,
  question bigint not null,
  answer bigint not null,
  given bigint not null,
  primary key (round, question, answer)
) without rowid;
create table answered (
  round text not null,
  member text not null references member (id),
  primary key (round, member)
) without rowid;
