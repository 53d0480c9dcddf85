-- A twin: full text stands in the row itself in PostgreSQL, where one more costs no more than the next.
select 1;
