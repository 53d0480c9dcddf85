-- Triggers are compiled with their statements here; only PostgreSQL calls functions that then find nothing to do.
select 1;
