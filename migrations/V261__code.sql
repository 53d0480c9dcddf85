-- Repositories that tell of code, and the commits, branches and pull requests that name a story.
create table code_source (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  member text not null references member (id),
  token_hash text not null,
  secret_at bigint,
  revoked_at bigint
);
create unique index code_source_token on code_source (token_hash);
create table code_ref (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  story text not null references story (id),
  source text not null references code_source (id),
  kind text not null,
  which text not null,
  title text not null,
  link text not null,
  author text not null,
  state text not null,
  happened_at bigint not null
);
create unique index code_ref_once on code_ref (source, kind, which, story) where removed_at is null;
create index code_ref_story on code_ref (story, happened_at);
