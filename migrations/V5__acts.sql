-- Each line of activity says whether its thing was created, changed or removed, and whether the act can be taken back.
alter table activity add column did text not null default 'changed';
alter table activity add column undoable bigint not null default 0;
update activity set did = 'removed' where changes like '%"field":"removed_at","from":null,"to":%';
-- The first line about a thing is the one that made it.
update activity set did = 'created' where id in (
  select id from (select id, row_number() over (partition by noun_id order by at, id) as place from activity) as placed where place = 1);
update activity set undoable = 1 where product is not null and command not in (
  'workspace.set_up', 'product.create', 'membership.invite', 'membership.set_hats', 'membership.remove', 'membership.add', 'invitation.accept',
  'invitation.withdraw', 'hat.wear', 'hat.lend', 'hat.take_back', 'agreement.set', 'agreement.choose_way', 'story.accept', 'story.reject', 'sprint.start',
  'sprint.close', 'sprint.cancel', 'import.record', 'proposal.open', 'proposal.sign', 'proposal.decline', 'proposal.withdraw');

-- A repeated request is answered from its receipt only if it asks for the same.
alter table receipt add column asked text not null default '';
