-- Comments that ask for something, who resolved a thread and with which answer; signs under comments; hats that stand aside.
alter table comment add column asks text;
alter table comment add column resolved_by text;
alter table comment add column resolved_hat text;
alter table comment add column answer text;
create index comment_product on comment (product, created_at, id);
create table reaction (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  comment text not null references comment (id),
  about_noun text not null,
  about_id text not null,
  member text not null references member (id),
  sign text not null
);
create index reaction_comment on reaction (comment);
alter table signature add column aside bigint not null default 0;
