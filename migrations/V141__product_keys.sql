-- Keys that a product had before, and since when it is only read.
alter table product add column formerly text not null default '[]';
alter table product add column archived_at bigint;
