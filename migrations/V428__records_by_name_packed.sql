-- V176 once more, where ids are packed: for rows of backups from before it, and for what came back since with a bare name.
insert into segment (id, product, version, created_at, updated_at, removed_at, name, size, growth, note)
select packed(lower(hex(randomblob(16)))), product, 1, min(created_at), min(created_at), null, min(name), null, null, ''
from (select product, trim(segment) as name, created_at from evidence where removed_at is null and segment <> '' and segment not in (select id from segment)
      union all select product, trim(segment) as name, created_at from need where removed_at is null and segment <> '' and segment not in (select id from segment)) as named
where not exists (select 1 from segment where segment.product = named.product and lower(segment.name) = lower(named.name) and segment.removed_at is null)
group by product, lower(name);
insert into activity (id, act, at, product, door, command, area, kind, noun, noun_id, label, changes, did, undoable)
select packed(lower(hex(randomblob(16)))), packed(lower(hex(randomblob(16)))), created_at, product, 'task', 'segment.create', 'research', 'segment.created', 'segment', id, name, json_object('name', unpacked(name)), 'created', 0
from segment where not exists (select 1 from activity where activity.product = segment.product and activity.noun_id = segment.id);
insert into customer (id, product, version, created_at, updated_at, removed_at, name, size, revenue, segment, note, merged_into)
select packed(lower(hex(randomblob(16)))), product, 1, min(created_at), min(created_at), null, min(name), null, null, null, '', null
from (select product, trim(customer) as name, created_at from evidence where removed_at is null and customer <> '' and customer not in (select id from customer)) as named
where not exists (select 1 from customer where customer.product = named.product and lower(customer.name) = lower(named.name) and customer.removed_at is null)
group by product, lower(name);
insert into activity (id, act, at, product, door, command, area, kind, noun, noun_id, label, changes, did, undoable)
select packed(lower(hex(randomblob(16)))), packed(lower(hex(randomblob(16)))), created_at, product, 'task', 'customer.create', 'customers', 'customer.created', 'customer', id, name, json_object('name', unpacked(name)), 'created', 0
from customer where not exists (select 1 from activity where activity.product = customer.product and activity.noun_id = customer.id);
insert into activity (id, act, at, product, door, command, area, kind, noun, noun_id, label, changes, did, undoable)
select packed(lower(hex(randomblob(16)))), packed(lower(hex(randomblob(16)))),
  1 + max(evidence.updated_at, coalesce((select max(at) from activity where activity.product = evidence.product and activity.noun_id = evidence.id), 0)),
  evidence.product, 'task', 'evidence.edit', 'customers', 'evidence.filed', 'evidence', evidence.id,
  coalesce((select label from activity where activity.product = evidence.product and activity.noun_id = evidence.id order by at desc, id desc limit 1), ''),
  json_array(json_object('field', 'segment', 'from', unpacked(evidence.segment), 'to', unpacked(segment.id))), 'changed', 0
from evidence join segment on segment.product = evidence.product and lower(segment.name) = lower(trim(evidence.segment)) and segment.removed_at is null
where evidence.removed_at is null and evidence.segment <> '' and evidence.segment not in (select id from segment);
update evidence set version = version + 1,
  updated_at = (select max(at) from activity where activity.product = evidence.product and activity.noun_id = evidence.id),
  segment = (select segment.id from segment where segment.product = evidence.product and lower(segment.name) = lower(trim(evidence.segment)) and segment.removed_at is null limit 1)
where removed_at is null and segment <> '' and segment not in (select id from segment)
  and exists (select 1 from segment where segment.product = evidence.product and lower(segment.name) = lower(trim(evidence.segment)) and segment.removed_at is null);
insert into activity (id, act, at, product, door, command, area, kind, noun, noun_id, label, changes, did, undoable)
select packed(lower(hex(randomblob(16)))), packed(lower(hex(randomblob(16)))),
  1 + max(evidence.updated_at, coalesce((select max(at) from activity where activity.product = evidence.product and activity.noun_id = evidence.id), 0)),
  evidence.product, 'task', 'evidence.edit', 'customers', 'evidence.filed', 'evidence', evidence.id,
  coalesce((select label from activity where activity.product = evidence.product and activity.noun_id = evidence.id order by at desc, id desc limit 1), ''),
  json_array(json_object('field', 'customer', 'from', unpacked(evidence.customer), 'to', unpacked(customer.id))), 'changed', 0
from evidence join customer on customer.product = evidence.product and lower(customer.name) = lower(trim(evidence.customer)) and customer.removed_at is null
where evidence.removed_at is null and evidence.customer <> '' and evidence.customer not in (select id from customer);
update evidence set version = version + 1,
  updated_at = (select max(at) from activity where activity.product = evidence.product and activity.noun_id = evidence.id),
  customer = (select customer.id from customer where customer.product = evidence.product and lower(customer.name) = lower(trim(evidence.customer)) and customer.removed_at is null limit 1)
where removed_at is null and customer <> '' and customer not in (select id from customer)
  and exists (select 1 from customer where customer.product = evidence.product and lower(customer.name) = lower(trim(evidence.customer)) and customer.removed_at is null);
insert into activity (id, act, at, product, door, command, area, kind, noun, noun_id, label, changes, did, undoable)
select packed(lower(hex(randomblob(16)))), packed(lower(hex(randomblob(16)))),
  1 + max(need.updated_at, coalesce((select max(at) from activity where activity.product = need.product and activity.noun_id = need.id), 0)),
  need.product, 'task', 'need.edit', 'customers', 'need.filed', 'need', need.id,
  coalesce((select label from activity where activity.product = need.product and activity.noun_id = need.id order by at desc, id desc limit 1), ''),
  json_array(json_object('field', 'segment', 'from', unpacked(need.segment), 'to', unpacked(segment.id))), 'changed', 0
from need join segment on segment.product = need.product and lower(segment.name) = lower(trim(need.segment)) and segment.removed_at is null
where need.removed_at is null and need.segment <> '' and need.segment not in (select id from segment);
update need set version = version + 1,
  updated_at = (select max(at) from activity where activity.product = need.product and activity.noun_id = need.id),
  segment = (select segment.id from segment where segment.product = need.product and lower(segment.name) = lower(trim(need.segment)) and segment.removed_at is null limit 1)
where removed_at is null and segment <> '' and segment not in (select id from segment)
  and exists (select 1 from segment where segment.product = need.product and lower(segment.name) = lower(trim(need.segment)) and segment.removed_at is null);
-- Search learns them, and what no longer says their names, when it is next begun.
insert into search_doc (product, noun, id) select product, 'segment', id from segment where removed_at is null and id not in (select id from search_doc);
insert into search_doc (product, noun, id) select product, 'customer', id from customer where removed_at is null and id not in (select id from search_doc);
update search_doc set form = 0 where noun in ('evidence', 'need');
