-- Search over requests. What a request is found by stands beside it, as a set of lexemes: the 2-grams of its text and
-- marks for everything that narrows a search (area, organisation, day, state, category). One GIN index intersects them.

-- Marks are spelled `kind:value`; grams hold letters and digits only, so neither is ever taken for the other. Names and
-- phones of reporters stand as keyed digests (boundary 3). Text that not everybody may read who reaches the request (RQ10)
-- stands behind a `!`, and the row is then `guarded`.
create table search_document (
  district_code text not null,
  request_id uuid not null,
  at timestamptz not null,
  guarded boolean not null default false,
  lexemes tsvector not null,
  primary key (district_code, request_id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
-- A short list of what is not yet in the index: every search reads through all of it.
create index search_document_lexemes on search_document using gin (lexemes) with (gin_pending_list_limit = 512);

alter table search_document enable row level security;
create policy search_document_of_request on search_document using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or (select true from service_request r where r.district_code = search_document.district_code and r.id = search_document.request_id limit 1)));
grant select, insert, update, delete on search_document to chuanmen_app;

-- Requests whose text has to be read into the index again by the worker: all that were there before it was.
create table search_stale (
  district_code text not null,
  request_id uuid not null,
  primary key (district_code, request_id),
  foreign key (district_code, request_id) references service_request (district_code, id)
);
alter table search_stale enable row level security;
create policy search_stale_of_district on search_stale using (district_code = (select app.district()));
grant select, insert, update, delete on search_stale to chuanmen_app;
insert into search_stale select district_code, id from service_request;

-- Under row security only leakproof operators use an index, and `@@` is not one. So the search runs as the owner, says
-- itself what the caller may reach, and gives back nothing but ids, which the caller reads under row security again.
--
-- Each of `must` holds, and each of `open` too where a row is guarded: it is the same without what is guarded. They are
-- separate conditions because the index then leaps from one list to where the other goes on. Newest first: a window of
-- days is widened until it holds enough, so that a common word in five million requests costs what it costs in fifty
-- thousand.
create function app.search_requests(must text[], open text[], before timestamptz, before_id uuid, most integer)
  returns table (request uuid, said_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  -- As many days back; null is without end.
  spans integer[] := array[3, 15, 100, null];
  span integer;
  today date := (before at time zone 'Asia/Shanghai')::date;
  conditions text := '';
  reach tsquery;
  during tsquery;
  found uuid[];
  times timestamptz[];
begin
  if app.reach() = 'none' or app.district() is null then return; end if;
  if app.reach() = 'scoped' then
    select string_agg(quote_literal(mark), ' | ')::tsquery into reach from (
      select 'a:' || split_part(rtrim(allowed, '/'), '/', -1) from unnest(app.paths()) as allowed
      union select 'p:' || organisation from unnest(app.organisations()) as organisation) as marks (mark);
    if reach is null then return; end if;
    -- Who reaches the whole district needs no mark for it: it would be on every row.
    if app.district() || '/' = any (app.paths()) then reach := null; end if;
  end if;
  for i in 1..coalesce(cardinality(must), 0) loop
    conditions := conditions || format(' and d.lexemes @@ ($1)[%s]::tsquery', i);
  end loop;
  if reach is not null then conditions := conditions || ' and d.lexemes @@ $3'; end if;
  if must is distinct from open then
    conditions := conditions
      || ' and (not d.guarded or d.lexemes @@ all (select unnest($2)::tsquery) or (
          select app.knows_reporter(r.confidential, r.complained_of, r.path, r.id, r.reporter_id) from service_request r
          where r.district_code = d.district_code and r.id = d.request_id))';
  end if;

  foreach span in array spans loop
    during := null;
    if span <= 15 then
      select string_agg(quote_literal('d:' || app.district() || '@' || to_char(today - back, 'YYYY-MM-DD')), ' | ')::tsquery
        into during from generate_series(0, span - 1) as back;
    elsif span is not null then
      select string_agg(quote_literal('m:' || app.district() || '@' || to_char(month, 'YYYY-MM')), ' | ')::tsquery
        into during from generate_series(date_trunc('month', today - span), today, '1 month') as month;
    end if;
    execute 'select array_agg(f.request_id), array_agg(f.at) from (
        select d.request_id, d.at from search_document d
        where d.district_code = $4 and (d.at, d.request_id) < ($5, $6)' || conditions
      || case when during is null then '' else ' and d.lexemes @@ $7' end
      || ' order by d.at desc, d.request_id desc limit $8) f'
      into found, times
      using must, open, reach, app.district(), before, before_id, during, most;
    exit when cardinality(found) >= most;
  end loop;
  return query select * from unnest(found, times);
end $$;
revoke all on function app.search_requests from public;
grant execute on function app.search_requests to chuanmen_app;

-- The set of lexemes with some more, and without those of the kinds that are said anew.
create function app.with_lexemes(before tsvector, anew text[], more text[]) returns tsvector language sql immutable parallel safe
  return array_to_tsvector(array(
    select lexeme from unnest(before) where not left(lexeme, 2) = any (anew) union select unnest(more)));

-- People are found by the first letters of their names' sounds as well. A row without letters waits for the worker: those
-- who were there before.
create table person_initials (
  district_code text not null,
  person_id uuid not null,
  initials text collate "C",
  primary key (district_code, person_id),
  foreign key (district_code, person_id) references person (district_code, id)
);
create index person_initials_of on person_initials (district_code, initials);
alter table person_initials enable row level security;
create policy person_initials_of_district on person_initials using (district_code = (select app.district()));
grant select, insert, update on person_initials to chuanmen_app;
insert into person_initials select district_code, id from person;

create or replace function app.find_people(part text) returns setof uuid language sql stable security definer rows 50
  set search_path = public, pg_temp
begin atomic
  select id from person
  where app.grams(district_code, name) @> app.grams_of_part(app.district(), part)
    and position(lower(part) in lower(name)) > 0 and district_code = app.district()
  union
  select id from person where district_code = app.district() and lower(login) = lower(part) and login is not null
  union
  select person_id from person_initials
  where district_code = app.district() and char_length(part) > 1
    and initials >= lower(part) collate "C" and initials < (lower(part) || chr(1114111)) collate "C";
end;

-- What somebody searches for again and again, under a name: for oneself, or for everybody of one organisation.
create table saved_view (
  district_code text not null,
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid,
  name text not null,
  query jsonb not null,
  changed_at timestamptz not null,
  primary key (district_code, id),
  foreign key (district_code, person_id) references person (district_code, id),
  foreign key (district_code, organisation_id) references organisation (district_code, id)
);
create index saved_view_person on saved_view (district_code, person_id, name);
create index saved_view_organisation on saved_view (district_code, organisation_id, name) where organisation_id is not null;

alter table saved_view enable row level security;
create policy saved_view_read on saved_view for select using (
  district_code = (select app.district()) and (
    person_id = (select app.person()) or organisation_id = any ((select app.own_organisations())::uuid[])));
-- Only whoever made it changes it, and shares it with nobody but their own.
create policy saved_view_own on saved_view using (
  district_code = (select app.district()) and person_id = (select app.person()))
  with check (
    district_code = (select app.district()) and person_id = (select app.person())
    and (organisation_id is null or organisation_id = any ((select app.own_organisations())::uuid[])));
grant select, insert, update, delete on saved_view to chuanmen_app;
