-- One objective is the Product Goal, which the backlog serves.
alter table objective add column product_goal bigint not null default 0;
