-- Challenges that people of the workspace write. What is published of one is for all (challenge), its text is read by its
-- author alone until somebody has handed in an answer (challenge_edition), and what is still written is its author's
-- (challenge_draft).
-- Ids are compared byte by byte, as the program compares those that it brings along.
create table challenge (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  code text collate "C" not null,
  kind text not null,
  title text not null,
  summary text not null,
  level bigint not null,
  minutes bigint not null,
  skills text not null,
  words text not null,
  member text not null references member (id),
  edition bigint not null,
  published_at bigint not null,
  withdrawn_at bigint,
  withdrawn_by text references member (id)
);
create unique index challenge_code on challenge (code);
create index challenge_shelf on challenge (kind, level, code) where withdrawn_at is null;
create index challenge_newest on challenge (published_at, id) where withdrawn_at is null;
create index challenge_member on challenge (member, published_at);
create table challenge_edition (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  challenge text not null references challenge (id),
  number bigint not null,
  files text not null
);
create unique index challenge_edition_number on challenge_edition (challenge, number);
create index challenge_edition_member on challenge_edition (member, id);
create table challenge_draft (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  kind text not null,
  code text not null,
  title text not null,
  files text not null,
  challenge text references challenge (id),
  edition bigint not null,
  is_changed bigint not null
);
create index challenge_draft_member on challenge_draft (member, updated_at, id);
-- Which edition an attempt was of; 0 for those of the program, which has one of each.
alter table attempt add column edition bigint not null default 0;
alter table club_evening add column edition bigint not null default 0;
create index attempt_open on attempt (member, created_at, id) where stage = 'open';
alter table specimen add column edition bigint not null default 0;
