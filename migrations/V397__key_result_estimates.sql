-- The estimate that stands beside a key result, and of what it is one.
alter table key_result add column estimate_model text;
alter table key_result add column estimated text;
