-- Who was taken out of a product may come back: only one membership that stands.
drop index membership_member;
create unique index membership_member on membership (member, product) where removed_at is null;
