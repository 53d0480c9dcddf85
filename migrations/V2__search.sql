create table search_doc (rowid integer primary key, product text not null, noun text not null, id text not null unique);
create virtual table search_text using fts5(title, body, content='', contentless_delete=1, prefix='2 3');
