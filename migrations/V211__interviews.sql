-- Interviews, out of whose notes evidence is taken.
create table interview (
  id text primary key,
  product text references product (id),
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  participant text not null,
  customer text references customer (id),
  segment text references segment (id),
  held_on text not null,
  led_by text references member (id),
  guide text not null,
  consent text not null,
  notes text not null,
  telling text not null,
  learned text not null
);
create index interview_product on interview (product, held_on, id);
alter table evidence add column interview text;
create index evidence_interview on evidence (product, interview) where interview is not null;
