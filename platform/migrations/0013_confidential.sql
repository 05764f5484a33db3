-- Confidential requests (RQ10, boundary 7) and complaints about handling: who said it stays hidden from whom it is about.
-- Every rule here is a restrictive policy: it stands beside whatever else lets a row be read, now or later.

-- Whose handling or conduct it is about. They do not see the request at all unless they are to answer it.
alter table service_request add column complained_of uuid[] not null default '{}';
-- The request whose handling this one complains about.
alter table service_request add column about_request_id uuid;
-- The column is new and therefore empty: neither the check of the rows nor the index takes long.
-- squawk-ignore constraint-missing-not-valid, adding-foreign-key-constraint
alter table service_request add constraint service_request_about
  foreign key (district_code, about_request_id) references service_request (district_code, id);
-- squawk-ignore require-concurrent-index-creation
create index service_request_about on service_request (district_code, about_request_id) where about_request_id is not null;

-- Every organisation the person who acts serves in, whatever the ability: one who also serves elsewhere is still one of them.
create function app.own_organisations() returns uuid[] language sql stable
  return coalesce(string_to_array(nullif(current_setting('app.belongs', true), ''), ',')::uuid[], '{}')
    || coalesce(app.organisations(), '{}');

-- True when the path lies under an area whose desk the person serves at.
create function app.at_desk_over(path text) returns boolean language sql stable
  return exists (
    select 1 from unnest(string_to_array(nullif(current_setting('app.desks', true), ''), ' ')) as desk
    where path collate "C" >= desk collate "C" and path collate "C" < (desk || chr(1114111)) collate "C");

-- Who may know who said it: the reporter, and of those who serve nobody it is about. Where the reporter left open whom it
-- is about, the desks over the place alone.
create function app.knows_reporter(is_confidential boolean, complained uuid[], path text, request uuid, reporter uuid)
  returns boolean language sql stable
  return not is_confidential or app.reach() = 'district'
    or request = any (coalesce(app.requests(), '{}')) or coalesce(reporter = app.reporter(), false)
    or (app.reach() = 'scoped' and not complained && app.own_organisations()
      and (cardinality(complained) > 0 or app.at_desk_over(path)));

create policy service_request_not_by_whom_it_is_about on service_request as restrictive using (
  (select app.reach()) = 'district'
  or complained_of = '{}'
  or not complained_of && (select app.own_organisations())
  or id = any ((select app.requests())::uuid[])
  or reporter_id = (select app.reporter())
  -- Given to it to answer. Nothing but that makes it a party: it is passed over as a desk.
  or (
    select true from request_party p
    where p.district_code = service_request.district_code and p.request_id = service_request.id
      and p.organisation_id = any (complained_of) and p.organisation_id = any ((select app.own_organisations())::uuid[]) limit 1));

-- What the reporter of a confidential request said, word for word, and the exact place. The columns of service_request
-- hold what everybody may read who reaches the request: nothing at first, later what the desk wrote for whom it gave it to.
create table request_confidence (
  district_code text not null,
  request_id uuid not null,
  title text not null,
  words text not null,
  path text collate "C" not null,
  place text not null,
  lon double precision,
  lat double precision,
  primary key (district_code, request_id),
  foreign key (district_code, request_id) references service_request (district_code, id),
  foreign key (district_code, path) references area (district_code, path)
);
alter table request_confidence enable row level security;
create policy request_confidence_kept on request_confidence using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (
      select app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) from service_request r
      where r.district_code = request_confidence.district_code and r.id = request_confidence.request_id)));
grant select, insert on request_confidence to chuanmen_app;

-- Of the story whoever may not know reads what the clock and they themselves entered, what is asked, and what was written
-- for them. What the reporter entered stays with the desk, and so does what others noted, answered, passed on or heard.
-- Of their own office that is a desk's, too: there sit others who may know.
create policy request_entry_in_confidence on request_entry as restrictive using (
  (select app.reach()) = 'district'
  -- What follows by rule says nothing of its own, but for the words of a call that reopened it.
  or (by_kind = 'system' and words is null)
  or by_person_id = (select app.person())
  or (by_kind = 'staff' and (
    kind in ('accept', 'supervise')
    or (kind in ('assign', 'transfer', 'hand_over') and (
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

-- A voice and a photo tell who made them; the desk lets through the ones that do not.
alter table attachment add column cleared boolean not null default false;
create policy attachment_in_confidence on attachment as restrictive using (
  (select app.reach()) = 'district'
  or request_id is null
  or cleared
  or (select true from request_entry e where e.district_code = attachment.district_code and e.id = attachment.entry_id limit 1));

-- A reporter is reached through a request that tells who said it, never through one that does not.
create policy reporter_in_confidence on reporter as restrictive using (
  (select app.reach()) = 'district'
  or id = (select app.reporter())
  or (
    select true from service_request r
    where r.district_code = reporter.district_code and r.reporter_id = reporter.id
      and app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) limit 1));

create policy message_in_confidence on message as restrictive for select using (
  (select app.reach()) = 'district'
  or to_reporter_id is null
  or to_reporter_id = (select app.reporter())
  or (
    select app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) from service_request r
    where r.district_code = message.district_code and r.id = message.request_id));

-- Code and phone tail open no confidential request: whoever is complained of knows the phones of those it suspects, and
-- would only have to try them.
create or replace function app.request_by_code(of_code text) returns table (id uuid, reporter uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select r.id, r.reporter_id from service_request r
    where r.district_code = app.district() and r.code = of_code and not r.confidential
  $$;

-- Whether the ledger's line about this request or photo must not tell whoever reads it who the reporter is.
create function app.is_withheld(subject uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(bool_or(not app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id)), false)
  from service_request r
  where r.district_code = app.district() and r.id in (
    select subject
    union all select a.request_id from attachment a where a.district_code = app.district() and a.id = subject)
$$;
revoke all on function app.is_withheld from public;
grant execute on function app.is_withheld to chuanmen_app;
