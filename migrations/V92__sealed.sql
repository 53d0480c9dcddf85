-- Sealed text, and what the first form that seals makes of it once it is opened.
create table sealed (
  id text primary key,
  round text not null,
  member text not null references member (id),
  body text not null,
  sealed_at bigint not null,
  unique (round, member)
);
create table poll (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  proposal text not null references proposal (id),
  member text not null references member (id),
  question text not null,
  options text not null,
  asked text not null,
  opened_at bigint
);
create index poll_proposal on poll (proposal);
create table ballot (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  poll text not null references poll (id),
  member text not null references member (id),
  choice bigint not null,
  note text not null
);
create index ballot_poll on ballot (poll);
