-- The spans of stories that are here already, or come from a backup of before, out of their lines of activity: what a field held
-- after a line is what the next line took it from. What is kept already stays as it is.
create table story_due as
select story.id as story from story
where story.product is not null and (not exists (select 1 from story_span where story_span.story = story.id)
  or exists (select 1 from activity where activity.product = story.product and activity.noun_id = story.id and activity.did <> 'created'
    and (activity.changes like '%"field":"stage"%' or activity.changes like '%"field":"sprint"%' or activity.changes like '%"field":"points"%' or activity.changes like '%"field":"blocked_since"%' or activity.changes like '%"field":"removed_at"%')
    and not exists (select 1 from story_span where story_span.story = story.id and (story_span.from_at = activity.at or story_span.until_at = activity.at))));
create table story_was as
select activity.noun_id as story, activity.at as at, activity.id as line, change.value ->> 'field' as field, change.value ->> 'from' as was
from story_due as due join story on story.id = due.story join activity on activity.product = story.product and activity.noun_id = due.story, json_each(activity.changes) as change
where activity.did <> 'created' and (activity.changes like '%"field":"stage"%' or activity.changes like '%"field":"sprint"%' or activity.changes like '%"field":"points"%' or activity.changes like '%"field":"blocked_since"%' or activity.changes like '%"field":"removed_at"%')
  and change.value ->> 'field' in ('stage', 'sprint', 'points', 'blocked_since', 'removed_at');
insert into story_was (story, at, line, field, was) select id, 9000000000000000, '', 'stage', stage from story where id in (select story from story_due);
insert into story_was (story, at, line, field, was) select id, 9000000000000000, '', 'sprint', sprint from story where id in (select story from story_due);
insert into story_was (story, at, line, field, was) select id, 9000000000000000, '', 'points', points from story where id in (select story from story_due);
insert into story_was (story, at, line, field, was) select id, 9000000000000000, '', 'blocked_since', blocked_since from story where id in (select story from story_due);
insert into story_was (story, at, line, field, was) select id, 9000000000000000, '', 'removed_at', removed_at from story where id in (select story from story_due);
create index story_was_of on story_was (story, field, at, line);
delete from story_span where story in (select story from story_due);
insert into story_span (story, from_at, until_at, product, stage, stage_at, sprint, points, blocked_since)
select id, begun_at, until_at, product, of_stage, case when of_stage in ('accepted', 'dropped') and settled_at is null then 0 else begun_at end, sprint, points, case when of_stage = stage then blocked_since end
from (select came.id, came.settled_at, came.product, came.stage, came.sprint, came.points, came.blocked_since,
    case part when 'open' then came.came when 'doing' then came.begun else came.over_at end as begun_at,
    case part when 'open' then coalesce(came.begun, came.over_at, came.removed_at) when 'doing' then coalesce(came.over_at, came.removed_at) else came.removed_at end as until_at,
    case part when '' then came.stage else part end as of_stage
  from (select id as id, product as product, stage as stage, sprint as sprint, points as points, blocked_since as blocked_since, removed_at as removed_at, settled_at as settled_at,
      min(created_at, coalesce(started_at, created_at), coalesce(handed_over_at, created_at), coalesce(settled_at, created_at)) as came,
      case stage when 'open' then null when 'doing' then coalesce(started_at, created_at)
        when 'handed_over' then min(coalesce(started_at, handed_over_at, created_at), coalesce(handed_over_at, created_at))
        else case when started_at is not null then min(started_at, coalesce(settled_at, created_at)) end end as begun,
      case stage when 'open' then null when 'doing' then null when 'handed_over' then coalesce(handed_over_at, created_at)
        else coalesce(settled_at, created_at) end as over_at
      from (select story.id, story.product, story.created_at, story.started_at, story.handed_over_at, story.settled_at, cast(null as bigint) as removed_at,
          (select was.was from story_was as was where was.story = story.id and was.field = 'stage' order by was.at, was.line limit 1) as stage,
          (select was.was from story_was as was where was.story = story.id and was.field = 'sprint' order by was.at, was.line limit 1) as sprint,
          (select was.was from story_was as was where was.story = story.id and was.field = 'points' order by was.at, was.line limit 1) as points,
          (select was.was from story_was as was where was.story = story.id and was.field = 'blocked_since' order by was.at, was.line limit 1) as blocked_since
        from story where story.id in (select story from story_due)) as opening) as came, (select 'open' as part union all select 'doing' union all select '') as parts) as span
where begun_at is not null and (until_at is null or until_at > begun_at);
insert into story_span (story, from_at, until_at, product, stage, stage_at, sprint, points, blocked_since)
select moment.story, moment.at, null, story.product,
  case when (select was.was from story_was as was where was.story = moment.story and was.field = 'removed_at' and was.at > moment.at order by was.at, was.line limit 1) is null then (select was.was from story_was as was where was.story = moment.story and was.field = 'stage' and was.at > moment.at order by was.at, was.line limit 1) else '' end,
  moment.at,
  (select was.was from story_was as was where was.story = moment.story and was.field = 'sprint' and was.at > moment.at order by was.at, was.line limit 1),
  (select was.was from story_was as was where was.story = moment.story and was.field = 'points' and was.at > moment.at order by was.at, was.line limit 1),
  (select was.was from story_was as was where was.story = moment.story and was.field = 'blocked_since' and was.at > moment.at order by was.at, was.line limit 1)
from (select distinct was.story, was.at from story_was as was where was.line <> '') as moment join story on story.id = moment.story
where 1 = 1
on conflict (story, from_at) do update set until_at = null, stage = excluded.stage, sprint = excluded.sprint, points = excluded.points,
  blocked_since = excluded.blocked_since;
create table story_stood as
select story, from_at, next_at, first_value(stage_at) over (partition by story, turn order by from_at) as stage_at
from (select story, from_at, next_at, stage_at, sum(turned) over (partition by story order by from_at) as turn
  from (select story, from_at, stage_at, lead(from_at) over same as next_at, case when lag(stage) over same = stage then 0 else 1 end as turned
    from story_span where story in (select story from story_due) window same as (partition by story order by from_at)) as turns) as counted;
create index story_stood_of on story_stood (story, from_at);
update story_span set
  stage_at = (select stood.stage_at from story_stood as stood where stood.story = story_span.story and stood.from_at = story_span.from_at),
  until_at = (select stood.next_at from story_stood as stood where stood.story = story_span.story and stood.from_at = story_span.from_at)
where story in (select story from story_due);
delete from story_span where stage = '';
delete from story_flow where stage = '';
drop table story_stood;
drop table story_was;
drop table story_due;
