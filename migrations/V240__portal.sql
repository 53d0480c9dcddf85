-- The feedback portal: what is posted, who wants it, whose address was confirmed, and what waits for that.
create table portal (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  openness text not null,
  welcome text not null,
  moderated bigint not null,
  shows_roadmap bigint not null,
  shows_changelog bigint not null
);
create unique index portal_product on portal (product) where removed_at is null;
create table portal_post (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  body text not null,
  name text not null,
  member text references member (id),
  showing text not null,
  refused text not null,
  status text not null,
  answer text not null,
  feature text references feature (id),
  evidence text references evidence (id),
  votes bigint not null,
  merged_into text,
  root text not null
);
create index portal_post_top on portal_post (product, votes, id);
create index portal_post_new on portal_post (product, created_at, id);
create index portal_post_waits on portal_post (product, id) where showing = 'waits' and removed_at is null;
create index portal_post_root on portal_post (root);
create index portal_post_feature on portal_post (feature);
create index portal_post_changed on portal_post (product, updated_at);
create table portal_visitor (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  email text not null,
  way_out text not null,
  letter_hash text not null,
  letter_until bigint,
  kept_hash text not null,
  confirmed_at bigint,
  waiting_since bigint,
  stopped_at bigint
);
create unique index portal_visitor_email on portal_visitor (product, email) where removed_at is null;
create index portal_visitor_letter on portal_visitor (letter_hash);
create index portal_visitor_kept on portal_visitor (kept_hash);
create index portal_visitor_out on portal_visitor (way_out);
create index portal_visitor_fades on portal_visitor (waiting_since);
create table portal_voice (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  post text not null references portal_post (id),
  member text references member (id),
  visitor text,
  customer text references customer (id),
  votes bigint not null,
  follows bigint not null,
  given_by text references member (id)
);
create index portal_voice_post on portal_voice (post);
create index portal_voice_visitor on portal_voice (visitor);
create index portal_voice_customer on portal_voice (customer);
create table portal_wait (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  visitor text not null,
  post text,
  title text not null,
  body text not null,
  name text not null,
  votes bigint not null,
  follows bigint not null,
  waiting_since bigint not null
);
create index portal_wait_visitor on portal_wait (visitor);
create index portal_wait_product on portal_wait (product) where removed_at is null;
create index portal_wait_fades on portal_wait (waiting_since);
