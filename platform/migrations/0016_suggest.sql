-- Suggestions: what was learned from a district's own requests, what was offered to an officer, and whether it was followed.

-- Never the texts: terms that at least five different reporters used, and numbers. A version is never changed.
create table suggestion_model (
  district_code text not null,
  kind text not null check (kind in ('category', 'urgency')),
  version integer not null check (version > 0),
  trained_at timestamptz not null,
  terms text[] not null,
  labels text[] not null,
  -- 32-bit floats, little-endian: how rare each term is, a row of weights a term, an offset a label.
  rarity bytea not null,
  weights bytea not null,
  offsets bytea not null,
  unknown_rarity double precision not null,
  sharpness double precision not null,
  threshold double precision,
  -- How many texts it learned from, and how good it was on texts held out.
  texts integer not null,
  figures jsonb,
  primary key (district_code, kind, version)
);

-- What was suggested for a request, as the officer saw it last, and what was then entered.
create table suggestion_offer (
  district_code text not null,
  request_id uuid not null,
  path text collate "C" not null,
  model_version integer not null,
  offered_at timestamptz not null,
  category_code text collate "C",
  category_sure boolean not null,
  urgency text not null check (urgency in ('now', 'by_date', 'explain')),
  urgency_sure boolean not null,
  handler_id uuid,
  chosen_category text collate "C",
  chosen_urgency text,
  chosen_handler_id uuid,
  primary key (district_code, request_id)
);
create index suggestion_offer_time on suggestion_offer (district_code, offered_at);

-- What was answered before in the same category around the same place.
-- squawk-ignore require-concurrent-index-creation
create index service_request_kind on service_request (district_code, category_code, path, submitted_at)
  where category_code is not null;

alter table suggestion_model enable row level security;
create policy suggestion_model_of_district on suggestion_model using (district_code = (select app.district()));

-- While it is being recorded a request is not there yet: then its place decides.
alter table suggestion_offer enable row level security;
create policy suggestion_offer_in_reach on suggestion_offer using (
  district_code = (select app.district()) and (
    (select app.reach()) = 'district'
    or app.within_paths(path)
    or (select true from service_request r where r.district_code = suggestion_offer.district_code and r.id = suggestion_offer.request_id limit 1)));

grant select, insert, delete on suggestion_model to chuanmen_app;
grant select, insert, update, delete on suggestion_offer to chuanmen_app;
