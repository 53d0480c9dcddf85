-- Trends, competitors and what they can do, positioning charts, personas, market sizes.
create table trend (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  note text not null,
  theme text not null,
  direction text not null,
  horizon text not null,
  impact text not null,
  confidence double precision,
  would_change text not null
);
create index trend_product on trend (product, created_at);
create table competitor (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  url text not null,
  positioning text not null,
  strengths text not null,
  weaknesses text not null,
  pricing text not null,
  checked_on text not null
);
create index competitor_product on competitor (product, created_at);
create table capability (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  note text not null
);
create index capability_product on capability (product, created_at);
create table grade (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  capability text not null references capability (id),
  competitor text references competitor (id),
  level text not null,
  source text not null,
  url text not null,
  seen_on text not null,
  note text not null
);
create index grade_product on grade (product, capability);
-- What was seen last in a cell is found at its end.
create index grade_cell on grade (capability, coalesce(competitor, ''), seen_on, id) where removed_at is null;
create index grade_competitor on grade (product, competitor) where competitor is not null;
create table positioning (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  across_low text not null,
  across_high text not null,
  up_low text not null,
  up_high text not null,
  note text not null
);
create index positioning_product on positioning (product, created_at);
create table spot (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  positioning text not null references positioning (id),
  competitor text references competitor (id),
  across double precision not null,
  up double precision not null,
  why text not null
);
create index spot_positioning on spot (product, positioning);
create index spot_competitor on spot (product, competitor) where competitor is not null;
create table persona (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  name text not null,
  segment text references segment (id),
  goals text not null,
  frustrations text not null,
  context text not null,
  quote text not null
);
create index persona_product on persona (product, created_at);
create index persona_segment on persona (segment) where segment is not null;
create table market_size (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  title text not null,
  bottom_up text not null,
  top_down text not null,
  note text not null
);
create index market_size_product on market_size (product, created_at);
