-- Joint matters whose day has passed: what each wants, as another tells it, and who should decide.
create table position (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  proposal text not null references proposal (id),
  hat text not null,
  member text not null references member (id),
  body text not null,
  missing text not null,
  confirmed_by text references member (id),
  confirmed_at bigint
);
create unique index position_proposal on position (proposal, hat) where removed_at is null;
create table naming (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  proposal text not null references proposal (id),
  hat text not null,
  member text not null references member (id),
  named text not null references member (id)
);
create unique index naming_proposal on naming (proposal, hat) where removed_at is null;
create index proposal_decider on proposal (decider) where decider is not null and state = 'open';
