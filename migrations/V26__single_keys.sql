-- Whoever wants no shortcuts of a single key switches them off (WCAG 2.1.4).
alter table member add column keys_off bigint not null default 0;
