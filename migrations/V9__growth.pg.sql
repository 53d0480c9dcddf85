-- A twin: triggers are functions in PostgreSQL, and JSON is read in other words.
create table story_tally (
  product text not null,
  stage text not null,
  feature text not null,
  stories bigint not null,
  points double precision not null,
  ready bigint not null,
  free bigint not null,
  free_points double precision not null,
  primary key (product, stage, feature)
);

insert into story_tally
  select product, stage, coalesce(feature, ''), count(*), coalesce(sum(points), 0), count(ready_at),
         count(*) filter (where ready_at is not null and sprint is null),
         coalesce(sum(points) filter (where ready_at is not null and sprint is null), 0)
  from story where removed_at is null group by product, stage, coalesce(feature, '');

create table sprint_story (sprint text not null, story text not null, primary key (sprint, story));

insert into sprint_story select sprint, id from story where sprint is not null on conflict do nothing;
insert into sprint_story
  select change ->> 'from', activity.noun_id from activity, jsonb_array_elements(activity.changes::jsonb) as change
  where activity.noun = 'story' and activity.changes like '%"field":"sprint","from":"%' and change ->> 'field' = 'sprint'
    and change ->> 'from' is not null
  on conflict do nothing;

create function count_story() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.removed_at is null then
      update story_tally set stories = stories - 1, points = case when stories = 1 then 0 else points - coalesce(old.points, 0) end,
        ready = ready - (old.ready_at is not null)::int, free = free - (old.ready_at is not null and old.sprint is null)::int,
        free_points = case when stories = 1 then 0 when old.ready_at is not null and old.sprint is null then free_points - coalesce(old.points, 0) else free_points end
      where product = old.product and stage = old.stage and feature = coalesce(old.feature, '');
    end if;
  end if;
  if new.removed_at is null then
    insert into story_tally as tally
    values (new.product, new.stage, coalesce(new.feature, ''), 1, coalesce(new.points, 0), (new.ready_at is not null)::int,
      (new.ready_at is not null and new.sprint is null)::int, case when new.ready_at is not null and new.sprint is null then coalesce(new.points, 0) else 0 end)
    on conflict (product, stage, feature) do update set stories = tally.stories + 1, points = tally.points + excluded.points,
      ready = tally.ready + excluded.ready, free = tally.free + excluded.free, free_points = tally.free_points + excluded.free_points;
  end if;
  if new.sprint is not null then
    insert into sprint_story values (new.sprint, new.id) on conflict do nothing;
  end if;
  return null;
end $$;

create trigger story_counted after insert on story for each row execute function count_story();
create trigger story_recounted after update of feature, stage, points, ready_at, sprint, removed_at on story for each row execute function count_story();

create index feature_rank on feature (product, rank, id);
drop index story_feature;
create index story_feature on story (product, feature, stage, rank);
drop index story_assignee;
create index story_assignee on story (product, assignee, stage, rank) where assignee is not null;
drop index story_sprint;
create index story_sprint on story (product, sprint, rank, id) where sprint is not null;
drop index story_origin;
create unique index story_origin on story (product, origin) where origin is not null;
create index story_blocked on story (product, stage, rank, id) where blocked_since is not null and removed_at is null;

drop index activity_act;
drop index activity_product;
create index activity_product on activity (product, at, id);
drop index activity_noun;
create index activity_noun on activity (product, noun_id, at, id);

-- What is open, in the areas of a page.
create index proposal_open on proposal (product, area, created_at) where state = 'open' and removed_at is null;

-- People are found by name.
create index member_name on member (name, id);
