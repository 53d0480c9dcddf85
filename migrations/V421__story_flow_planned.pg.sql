-- A function in plain SQL that a trigger performs is planned at each call, up to four times for a change of a story; this one keeps its plan.
create or replace function add_story_flow(of_product text, at bigint, of_stage text, n bigint) returns void language plpgsql as $$
begin
  if at is not null then
    insert into story_flow as flow values (of_product, at / 86400000, of_stage, n)
    on conflict (product, day, stage) do update set net = flow.net + excluded.net;
  end if;
end $$;
