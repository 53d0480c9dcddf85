-- Who is part of a decision, what was found when it was looked at again, and reminders.
alter table proposal add column driver text;
alter table proposal add column contributors text not null default '[]';
alter table proposal add column informed text not null default '[]';
alter table proposal add column decider text;
create index proposal_review on proposal (product, review_on) where state = 'agreed' and review_on is not null;
create table look_back (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  proposal text not null references proposal (id),
  member text not null references member (id),
  hat text,
  held text not null,
  learned text not null
);
create index look_back_proposal on look_back (proposal);
alter table notice add column due text;
alter table notice_wish add column due text;
create index proposal_supersedes on proposal (supersedes) where supersedes is not null;
