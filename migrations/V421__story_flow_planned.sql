-- Triggers are compiled with their statement here; only PostgreSQL planned the counting of stages anew at each call.
select 1;
