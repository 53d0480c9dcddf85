-- How long each story stood as it did: a row for each span of time in which its stage, sprint, size and blocker stayed the
-- same. Triggers keep it, so whatever writes a story tells of it. Reports are sums over it: as of a past day it is whatever
-- spans that day lies in.
create table story_span (
  story text not null,
  from_at bigint not null,
  -- Nothing in the span that lasts.
  until_at bigint,
  product text not null,
  stage text not null,
  -- Since when it stood in that stage; 0 where it was settled elsewhere and nobody says when.
  stage_at bigint not null,
  sprint text,
  points double precision,
  blocked_since bigint,
  primary key (story, from_at)
) without rowid;

create index story_span_stage on story_span (product, stage, stage_at, until_at);
create index story_span_lasting on story_span (product, stage, until_at, from_at);
create index story_span_sprint on story_span (sprint, stage, from_at, until_at, points) where sprint is not null;
create index story_span_blocked on story_span (product, until_at) where blocked_since is not null;
-- Times from start and from the first idea to acceptance, and verdicts, are counted from indexes alone.
drop index story_settled;
create index story_settled on story (product, stage, settled_at, started_at, created_at, removed_at) where settled_at is not null;
drop index verdict_product;
create index verdict_product on verdict (product, created_at, accepted, story, removed_at);
create index verdict_rejected on verdict (story, created_at) where accepted = 0;

-- Stories that came into a stage on a day (counted from 1970), less those that went out of it.
create table story_flow (
  product text not null,
  day bigint not null,
  stage text not null,
  net bigint not null,
  primary key (product, day, stage)
) without rowid;

create trigger span_opened after insert on story_span begin
  insert into story_flow values (new.product, new.from_at / 86400000, new.stage, 1) on conflict (product, day, stage) do update set net = net + 1;
  insert into story_flow select new.product, new.until_at / 86400000, new.stage, -1 where new.until_at is not null
  on conflict (product, day, stage) do update set net = net - 1;
end;
create trigger span_turned after update of stage, until_at on story_span when old.stage <> new.stage or old.until_at is not new.until_at begin
  insert into story_flow select old.product, old.from_at / 86400000, old.stage, -1 where old.stage <> new.stage
  on conflict (product, day, stage) do update set net = net - 1;
  insert into story_flow select new.product, new.from_at / 86400000, new.stage, 1 where old.stage <> new.stage
  on conflict (product, day, stage) do update set net = net + 1;
  insert into story_flow select old.product, old.until_at / 86400000, old.stage, 1 where old.until_at is not null
  on conflict (product, day, stage) do update set net = net + 1;
  insert into story_flow select new.product, new.until_at / 86400000, new.stage, -1 where new.until_at is not null
  on conflict (product, day, stage) do update set net = net - 1;
end;
create trigger span_gone after delete on story_span begin
  insert into story_flow values (old.product, old.from_at / 86400000, old.stage, -1) on conflict (product, day, stage) do update set net = net - 1;
  insert into story_flow select old.product, old.until_at / 86400000, old.stage, 1 where old.until_at is not null
  on conflict (product, day, stage) do update set net = net + 1;
end;

-- A story that comes in as it stood elsewhere has the days that it came with. Where a backup has brought its spans already,
-- they stay.
create trigger story_span_begun after insert on story when new.product is not null and not exists (select 1 from story_span where story = new.id) begin
  insert into story_span (story, from_at, until_at, product, stage, stage_at, sprint, points, blocked_since)
  select id, begun_at, until_at, product, of_stage, case when of_stage in ('accepted', 'dropped') and settled_at is null then 0 else begun_at end, sprint, points, case when of_stage = stage then blocked_since end
  from (select came.id, came.settled_at, came.product, came.stage, came.sprint, came.points, came.blocked_since,
      case part when 'open' then came.came when 'doing' then came.begun else came.over_at end as begun_at,
      case part when 'open' then coalesce(came.begun, came.over_at, came.removed_at) when 'doing' then coalesce(came.over_at, came.removed_at) else came.removed_at end as until_at,
      case part when '' then came.stage else part end as of_stage
    from (select new.id as id, new.product as product, new.stage as stage, new.sprint as sprint, new.points as points, new.blocked_since as blocked_since, new.removed_at as removed_at, new.settled_at as settled_at,
        min(new.created_at, coalesce(new.started_at, new.created_at), coalesce(new.handed_over_at, new.created_at), coalesce(new.settled_at, new.created_at)) as came,
        case new.stage when 'open' then null when 'doing' then coalesce(new.started_at, new.created_at)
          when 'handed_over' then min(coalesce(new.started_at, new.handed_over_at, new.created_at), coalesce(new.handed_over_at, new.created_at))
          else case when new.started_at is not null then min(new.started_at, coalesce(new.settled_at, new.created_at)) end end as begun,
        case new.stage when 'open' then null when 'doing' then null when 'handed_over' then coalesce(new.handed_over_at, new.created_at)
          else coalesce(new.settled_at, new.created_at) end as over_at) as came, (select 'open' as part union all select 'doing' union all select '') as parts) as span
  where begun_at is not null and (until_at is null or until_at > begun_at);
end;

create trigger story_span_ended after update of stage, sprint, points, blocked_since, removed_at on story
when new.product is not null and (old.stage <> new.stage or old.sprint is not new.sprint or old.points is not new.points
  or old.blocked_since is not new.blocked_since or (old.removed_at is null) <> (new.removed_at is null))
begin
  -- What was settled elsewhere was settled when it is said to have been, though never before what is known of it. Of what
  -- happens at one moment the last holds.
  insert into story_span (story, from_at, until_at, product, stage, stage_at, sprint, points, blocked_since)
  select new.id, moment.at, null, new.product, new.stage,
    case when old.stage = new.stage and old.removed_at is null then coalesce(moment.stood, moment.at) else moment.at end,
    new.sprint, new.points, new.blocked_since
  from (select max(coalesce(case when new.stage <> old.stage and new.stage in ('accepted', 'dropped') then min(new.settled_at, new.updated_at) end, new.updated_at),
      coalesce((select max(from_at) from story_span where story = new.id), 0)) as at,
    (select stage_at from story_span where story = new.id order by from_at desc limit 1) as stood) as moment
  where new.removed_at is null
  on conflict (story, from_at) do update set until_at = null, stage = excluded.stage, stage_at = excluded.stage_at, sprint = excluded.sprint,
    points = excluded.points, blocked_since = excluded.blocked_since;
  update story_span set until_at = (select max(newest.from_at) from story_span as newest where newest.story = new.id)
  where story = new.id and until_at is null and new.removed_at is null
    and from_at < (select max(newest.from_at) from story_span as newest where newest.story = new.id);
  delete from story_span where story = new.id and until_at is null and new.removed_at is not null and from_at >= new.updated_at;
  update story_span set until_at = new.updated_at where story = new.id and until_at is null and new.removed_at is not null;
end;
