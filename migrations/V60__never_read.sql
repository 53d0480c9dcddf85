-- Nothing ever read it.
alter table membership drop column seen_at;
