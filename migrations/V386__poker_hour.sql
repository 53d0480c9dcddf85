-- The hour until which cards are laid.
alter table poker add column ends_at bigint;
