-- The vision board beside the statement, and objectives within objectives.
alter table vision add column target_group text not null default '';
alter table vision add column their_needs text not null default '';
alter table vision add column our_product text not null default '';
alter table vision add column business_goals text not null default '';
alter table objective add column parent text references objective (id);
create index objective_parent on objective (parent) where parent is not null;
