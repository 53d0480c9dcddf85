-- A twin: full text is FTS5 in SQLite and tsvector in PostgreSQL, where words stay until they are indexed anew.
alter table search_doc add column form bigint not null default 0;
