-- What pages count is kept beside the stories, and indexes name what each look-up names, so that no page grows with its product.

-- Stories by feature and stage ('' is no feature), kept by triggers: whatever writes a story counts it.
create table story_tally (
  product text not null,
  stage text not null,
  feature text not null,
  stories bigint not null,
  points double precision not null,
  -- Marked as ready; and of those the ones in no sprint.
  ready bigint not null,
  free bigint not null,
  free_points double precision not null,
  primary key (product, stage, feature)
) without rowid;

insert into story_tally
  select product, stage, coalesce(feature, ''), count(*), coalesce(sum(points), 0), count(ready_at),
         coalesce(sum(ready_at is not null and sprint is null), 0), coalesce(sum(case when ready_at is not null and sprint is null then points end), 0)
  from story where removed_at is null group by product, stage, coalesce(feature, '');

create trigger story_counted after insert on story when new.removed_at is null begin
  insert into story_tally values (new.product, new.stage, coalesce(new.feature, ''), 1, coalesce(new.points, 0), new.ready_at is not null,
    new.ready_at is not null and new.sprint is null, case when new.ready_at is not null and new.sprint is null then coalesce(new.points, 0) else 0 end)
  on conflict (product, stage, feature) do update set stories = stories + 1, points = points + excluded.points, ready = ready + excluded.ready,
    free = free + excluded.free, free_points = free_points + excluded.free_points;
end;

create trigger story_recounted after update of feature, stage, points, ready_at, sprint, removed_at on story begin
  update story_tally set stories = stories - 1, points = case when stories = 1 then 0 else points - coalesce(old.points, 0) end,
    ready = ready - (old.ready_at is not null), free = free - (old.ready_at is not null and old.sprint is null),
    free_points = case when stories = 1 then 0 when old.ready_at is not null and old.sprint is null then free_points - coalesce(old.points, 0) else free_points end
  where old.removed_at is null and product = old.product and stage = old.stage and feature = coalesce(old.feature, '');
  insert into story_tally
  select new.product, new.stage, coalesce(new.feature, ''), 1, coalesce(new.points, 0), new.ready_at is not null,
    new.ready_at is not null and new.sprint is null, case when new.ready_at is not null and new.sprint is null then coalesce(new.points, 0) else 0 end
  where new.removed_at is null
  on conflict (product, stage, feature) do update set stories = stories + 1, points = points + excluded.points, ready = ready + excluded.ready,
    free = free + excluded.free, free_points = free_points + excluded.free_points;
end;

-- Every story that ever was in a sprint: where a past board looks for its cards.
create table sprint_story (sprint text not null, story text not null, primary key (sprint, story)) without rowid;

insert or ignore into sprint_story select sprint, id from story where sprint is not null;
insert or ignore into sprint_story
  select json_extract(change.value, '$.from'), activity.noun_id from activity, json_each(activity.changes) as change
  where activity.noun = 'story' and activity.changes like '%"field":"sprint","from":"%' and json_extract(change.value, '$.field') = 'sprint';

create trigger story_entered after insert on story when new.sprint is not null begin
  insert or ignore into sprint_story values (new.sprint, new.id);
end;
create trigger story_taken_in after update of sprint on story when new.sprint is not null begin
  insert or ignore into sprint_story values (new.sprint, new.id);
end;

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

-- The lines of an act follow it in the order of their ids, so they need no index of their own.
drop index activity_act;
drop index activity_product;
create index activity_product on activity (product, at, id);
drop index activity_noun;
create index activity_noun on activity (product, noun_id, at, id);

-- What is open, in the areas of a page.
create index proposal_open on proposal (product, area, created_at) where state = 'open' and removed_at is null;

-- People are found by name.
create index member_name on member (name, id);

-- Full text knows in which column a word stands, not at which place: nobody asks for that, and it was most of what it wrote.
drop table search_text;
create virtual table search_text using fts5(title, body, content='', contentless_delete=1, prefix='2 3', detail=column);
insert into search_text (rowid, title, body)
  select doc.rowid, it.title, substr(it.body, 1, 20000) || ' ' || it.persona || ' ' || it.wants || ' ' || it.so_that || ' ' || it.labels || ' ' || coalesce(it.origin, '')
  from search_doc doc join story it on it.id = doc.id where doc.noun = 'story';
insert into search_text (rowid, title, body)
  select doc.rowid, it.about_label, it.body from search_doc doc join comment it on it.id = doc.id where doc.noun = 'comment'
  union all select doc.rowid, it.quote, it.quote || ' ' || it.customer || ' ' || it.source from search_doc doc join evidence it on it.id = doc.id where doc.noun = 'evidence'
  union all select doc.rowid, it.title, it.statement || ' ' || it.segment from search_doc doc join need it on it.id = doc.id where doc.noun = 'need'
  union all select doc.rowid, it.title, it.body || ' ' || it.hypothesis from search_doc doc join initiative it on it.id = doc.id where doc.noun = 'initiative'
  union all select doc.rowid, it.title, it.body from search_doc doc join feature it on it.id = doc.id where doc.noun = 'feature'
  union all select doc.rowid, 'Vision ' || it.number, it.for_whom || ' ' || it.who || ' ' || it.is_a || ' ' || it.that || ' ' || it.unlike || ' ' || it.ours from search_doc doc join vision it on it.id = doc.id where doc.noun = 'vision'
  union all select doc.rowid, it.title, it.why from search_doc doc join objective it on it.id = doc.id where doc.noun = 'objective'
  union all select doc.rowid, it.title, '' from search_doc doc join key_result it on it.id = doc.id where doc.noun = 'key_result'
  union all select doc.rowid, it.name, it.goal from search_doc doc join sprint it on it.id = doc.id where doc.noun = 'sprint'
  union all select doc.rowid, it.title, it.reason from search_doc doc join proposal it on it.id = doc.id where doc.noun = 'proposal';
