-- Who hears of a release by a letter when it ships.
alter table stakeholder add column releases bigint not null default 0;
