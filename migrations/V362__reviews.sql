-- How members mark their answers themselves, and how others do who do not know whose they are.
alter table attempt add column own_marks text not null default '[]';
alter table attempt add column shared_at bigint;
create index attempt_shared on attempt (shared_at, id) where shared_at is not null;
create table peer_review (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  attempt text not null references attempt (id),
  challenge text not null,
  title text not null,
  marks text not null,
  note text not null
);
create index peer_review_attempt on peer_review (attempt, created_at, id);
create index peer_review_member on peer_review (member, created_at, id);
