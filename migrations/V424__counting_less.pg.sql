-- What a change of a story most often is has a way of its own: a new story is open and stands in one span, a span begins without
-- an end or gets one, and of a story that stays where it is one row counts.
create function open_story_span() returns trigger language plpgsql as $$
begin
  if new.product is not null then
    insert into story_span (story, from_at, until_at, product, stage, stage_at, sprint, points, blocked_since)
    select new.id, came, null, new.product, new.stage, came, new.sprint, new.points, new.blocked_since
    from (select least(new.created_at, coalesce(new.started_at, new.created_at), coalesce(new.handed_over_at, new.created_at),
      coalesce(new.settled_at, new.created_at)) as came) as moment
    where not exists (select 1 from story_span where story = new.id);
  end if;
  return null;
end $$;

drop trigger story_span_begun on story;
create trigger story_span_begun after insert on story for each row
  when (new.stage <> 'open' or new.removed_at is not null) execute function keep_story_span();
create trigger story_span_opened after insert on story for each row
  when (new.stage = 'open' and new.removed_at is null) execute function open_story_span();
drop trigger story_span_ended on story;
create trigger story_span_ended after update of stage, sprint, points, blocked_since, removed_at on story for each row
  when (old.stage <> new.stage or old.sprint is distinct from new.sprint or old.points is distinct from new.points
    or old.blocked_since is distinct from new.blocked_since or (old.removed_at is null) <> (new.removed_at is null))
  execute function keep_story_span();

create function count_span_begun() returns trigger language plpgsql as $$
begin
  insert into story_flow as flow values (new.product, new.from_at / 86400000, new.stage, 1)
  on conflict (product, day, stage) do update set net = flow.net + 1;
  return null;
end $$;

create function count_span_ended() returns trigger language plpgsql as $$
begin
  insert into story_flow as flow values (new.product, new.until_at / 86400000, new.stage, -1)
  on conflict (product, day, stage) do update set net = flow.net - 1;
  return null;
end $$;

drop trigger span_counted on story_span;
create trigger span_begun after insert on story_span for each row when (new.until_at is null) execute function count_span_begun();
create trigger span_brought after insert on story_span for each row when (new.until_at is not null) execute function count_story_flow();
create trigger span_ended after update on story_span for each row
  when (old.stage = new.stage and old.until_at is null and new.until_at is not null) execute function count_span_ended();
create trigger span_changed after update on story_span for each row
  when (old.stage <> new.stage or (old.until_at is not null and old.until_at is distinct from new.until_at)) execute function count_story_flow();
create trigger span_removed after delete on story_span for each row execute function count_story_flow();

create function count_story_again() returns trigger language plpgsql as $$
begin
  update story_tally set
    points = case when stories = 1 then 0 else points - coalesce(old.points, 0) end + coalesce(new.points, 0),
    ready = ready - (old.ready_at is not null)::int + (new.ready_at is not null)::int,
    free = free - (old.ready_at is not null and old.sprint is null)::int + (new.ready_at is not null and new.sprint is null)::int,
    free_points = case when stories = 1 then 0 when old.ready_at is not null and old.sprint is null then free_points - coalesce(old.points, 0) else free_points end
      + case when new.ready_at is not null and new.sprint is null then coalesce(new.points, 0) else 0 end
  where product = new.product and stage = new.stage and feature = coalesce(new.feature, '');
  if new.sprint is not null then
    insert into sprint_story values (new.sprint, new.id) on conflict do nothing;
  end if;
  return null;
end $$;

drop trigger story_recounted on story;
create trigger story_recounted after update of feature, stage, points, ready_at, sprint, removed_at on story for each row
  when (old.stage <> new.stage or old.feature is distinct from new.feature or old.removed_at is not null or new.removed_at is not null
    or old.product is distinct from new.product) execute function count_story();
create trigger story_counted_again after update of feature, stage, points, ready_at, sprint, removed_at on story for each row
  when (old.stage = new.stage and old.feature is not distinct from new.feature and old.removed_at is null and new.removed_at is null
    and old.product is not distinct from new.product) execute function count_story_again();
