-- The next time of each schedule in each product. Machinery: without activity, and in no backup.
create table schedule (
    id text primary key,
    name text not null,
    product text not null,
    -- The zone that the next time was reckoned in.
    zone text not null,
    due bigint not null,
    unique (product, name)
);

-- Where a product is at home; UTC where nobody has said.
alter table product add column zone text not null default '';

-- Who wants a letter in the morning. Its id stands in the letter and ends it.
create table digest (
    id text primary key,
    product text references product (id),
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    removed_at bigint,
    member text not null references member (id)
);
create unique index digest_member on digest (member) where removed_at is null;
