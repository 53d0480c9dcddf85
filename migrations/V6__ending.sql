-- A token may be for some products and areas only; an empty list is all.
alter table api_token add column products text not null default '[]';
alter table api_token add column areas text not null default '[]';

-- Every request asks which hats somebody holds in its product: a look-up for each hat, however many members there are.
create index membership_manager on membership (product) where removed_at is null and hats like '%"manager"%';
create index membership_owner on membership (product) where removed_at is null and hats like '%"owner"%';
create index membership_developer on membership (product) where removed_at is null and hats like '%"developer"%';
create index membership_stakeholder on membership (product) where removed_at is null and hats like '%"stakeholder"%';
create index membership_lent on membership (product) where removed_at is null and lent <> '[]';

-- What ends with a member is looked up by member.
create index ticket_member on ticket (member);
create index ticket_email on ticket (email);
create index api_token_member on api_token (member);
create index member_answers_for on member (answers_for) where answers_for is not null;
