-- What members are told of, what they watch, and how they want to hear.
create table notice (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  why text not null,
  product_of text not null references product (id),
  about_noun text not null,
  about_id text not null,
  line text not null,
  act text not null,
  actor text references member (id)
);
create index notice_member on notice (member, created_at, id);
-- However often it is told, it is told once.
create unique index notice_once on notice (member, act, about_id);
create index notice_fades on notice (created_at);
create table watch (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  product_of text not null references product (id),
  about_noun text not null,
  about_id text not null,
  mode text not null
);
create unique index watch_member on watch (member, about_id) where removed_at is null;
create index watch_thing on watch (about_id) where removed_at is null;
create table notice_wish (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  member text not null references member (id),
  named text not null,
  assigned text not null,
  to_sign text not null,
  answered text not null,
  watched text not null,
  quiet_from text not null,
  quiet_until text not null
);
create unique index notice_wish_member on notice_wish (member) where removed_at is null;
-- What is new to a member, and up to when they have seen each product. Machinery: without activity.
create table unread (
  id text primary key,
  member text not null references member (id),
  thing text not null,
  since bigint not null,
  unique (member, thing)
);
create table last_here (
  id text primary key,
  member text not null references member (id),
  product text not null references product (id),
  at bigint not null,
  unique (member, product)
);
