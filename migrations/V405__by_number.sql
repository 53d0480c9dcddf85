-- Whoever chooses the number of an invented case may know it from somebody who has tried it, so it is not rated.
alter table attempt add column by_number bigint not null default 0;
