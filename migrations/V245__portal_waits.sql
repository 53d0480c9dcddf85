-- What waits the longest on a portal, and when an address was written to last and until when its browser is known.
create index portal_wait_oldest on portal_wait (product, id) where removed_at is null;
drop index portal_wait_product;
alter table portal_visitor add column letter_at bigint;
alter table portal_visitor add column kept_until bigint;
