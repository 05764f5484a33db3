-- Nothing gets stuck: whistles, parts, supervision, binding decisions, and a ladder of as many levels as there are desks.

-- RQ18: being judged by a town, or waiting for a department to report in. Not checked again by row: what was allowed still is.
alter table service_request drop constraint service_request_state_check;
alter table service_request add constraint service_request_state_check check (state in ('submitted', 'accepted', 'assigned',
  'in_progress', 'whistled', 'suspended', 'answered', 'closed', 'declined', 'appealed', 'merged', 'withdrawn')) not valid;

-- O1: a desk may stand at every level of the tree of areas; the ladder has as many steps as there are desks over a place.
alter table organisation drop constraint organisation_desk_level_check;
alter table organisation add constraint organisation_desk_level_check check (desk_level in ('building', 'compound', 'grid',
  'village_group', 'community', 'subdistrict', 'district')) not valid;
alter table service_request drop constraint service_request_level_check;
alter table service_request add constraint service_request_level_check check (level in ('building', 'compound', 'grid',
  'village_group', 'community', 'subdistrict', 'district')) not valid;

-- RQ12: the parts of a request, each with one holder. A cache of the fold, written with the row of the request, for the desks
-- of the departments that hold them; what a part is about stands in the story.
create table request_part (
  district_code text not null,
  request_id uuid not null,
  id uuid not null,
  state text not null check (state in ('given', 'taken', 'returned', 'answered', 'taken_back', 'dropped')),
  -- Who answers for it now; what was sent back lies with whoever holds the request.
  organisation_id uuid,
  person_id uuid,
  due_at timestamptz not null,
  overdue boolean not null,
  primary key (district_code, request_id, id),
  -- RQ1 for parts: one holder until it is over, then none.
  check ((state in ('answered', 'taken_back', 'dropped')) = (organisation_id is null)),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index request_part_holder on request_part (district_code, organisation_id, due_at, request_id)
  where organisation_id is not null;

alter table request_part enable row level security;
create policy request_part_of_request on request_part using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = request_part.district_code and r.id = request_part.request_id limit 1)));
grant select, insert, update on request_part to chuanmen_app;

-- RQ6: what was decided after a second return, or by a meeting, and is proposed next time.
create table precedent (
  district_code text not null,
  -- The entry that decided, or an id made by whoever keeps one without a request.
  id uuid not null,
  category_code text collate "C" not null,
  -- The area it holds for: that of the desk or meeting that decided.
  path text collate "C" not null,
  organisation_id uuid not null,
  request_id uuid,
  basis text not null,
  -- Why, in words; never those of a confidential request, and erased with the request they were written about (RQ15).
  words text,
  by_person_id uuid,
  by_organisation_id uuid,
  at timestamptz not null,
  -- Decided otherwise since.
  ended_at timestamptz,
  primary key (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
create index precedent_kind on precedent (district_code, category_code, path, at desc) where ended_at is null;
create index precedent_request on precedent (district_code, request_id) where request_id is not null;

-- It names organisations and grounds, and nobody who asked for anything: read by all who serve in the district.
alter table precedent enable row level security;
create policy precedent_of_district on precedent using (
  district_code = (select app.district()) and (select app.reach()) <> 'none');
-- RQ15: the reporter's wish takes the words away, whatever it reaches.
create function app.erase_precedents(request uuid) returns void
  language sql security definer set search_path = public, pg_temp
  as $$ update precedent set words = null where district_code = app.district() and request_id = request $$;
revoke all on function app.erase_precedents from public;
grant execute on function app.erase_precedents to chuanmen_app;
grant select, insert on precedent to chuanmen_app;
grant update (ended_at) on precedent to chuanmen_app;

-- RQ10: whoever is given a part, is blown to or named by a meeting reads what was written for them, as with an order.
drop policy request_entry_in_confidence on request_entry;
create policy request_entry_in_confidence on request_entry as restrictive using (
  (select app.reach()) = 'district'
  -- What follows by rule says nothing of its own, but for the words of a call that reopened it.
  or (by_kind = 'system' and words is null)
  or by_person_id = (select app.person())
  or (by_kind = 'staff' and (
    kind in ('accept', 'supervise')
    or (kind in ('assign', 'transfer', 'hand_over', 'blow', 'decide', 'split') and (
      (data -> 'holder' ->> 'organisation')::uuid = any ((select app.own_organisations())::uuid[])
      or data -> 'assisting' ?| (select app.own_organisations())::text[]))))
  or (
    select app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id)
      or (by_organisation_id = any ((select app.own_organisations())::uuid[]) and (
        by_organisation_id = any (r.complained_of)
        or (
          select o.desk_level is null from organisation o
          where o.district_code = request_entry.district_code and o.id = request_entry.by_organisation_id)))
    from service_request r
    where r.district_code = request_entry.district_code and r.id = request_entry.request_id));
