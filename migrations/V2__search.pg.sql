-- A twin: full text is FTS5 in SQLite and tsvector in PostgreSQL.
create table search_doc (product text not null, noun text not null, id text primary key, words tsvector not null);
create index search_doc_words on search_doc using gin (words);
