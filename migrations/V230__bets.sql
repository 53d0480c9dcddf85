-- Who looks after a bet, what it belongs to, and when a feature is meant to come.
alter table initiative add column owner text references member (id);
alter table initiative add column theme text not null default '';
alter table feature add column owner text references member (id);
alter table feature add column starts_on text;
alter table feature add column ends_on text;
