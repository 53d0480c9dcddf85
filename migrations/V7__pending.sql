-- Words are looked up in one place here; only PostgreSQL keeps new ones apart for a while.
select 1;
