-- Full text knows words as `kernel::terms` makes them; what was indexed in an older form is indexed anew by the house.
alter table search_doc add column form bigint not null default 0;
drop table search_text;
create virtual table search_text using fts5(title, body, content='', contentless_delete=1, detail=column, prefix='2 3', tokenize="ascii tokenchars '+#.'");
