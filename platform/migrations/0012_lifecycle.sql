-- The whole lifecycle: suspension, appeal, what waits for a second person, what leaves the figures of satisfaction.

-- Not checked again by row: every state that was allowed still is.
alter table service_request drop constraint service_request_state_check;
alter table service_request add constraint service_request_state_check check (state in ('submitted', 'accepted', 'assigned',
  'in_progress', 'suspended', 'answered', 'closed', 'declined', 'appealed', 'merged', 'withdrawn')) not valid;
alter table service_request drop constraint service_request_check;
-- RQ1: one holder from submission to closure.
alter table service_request add constraint service_request_holder_check check (
  (state in ('closed', 'declined', 'merged', 'withdrawn')) = (holder_organisation_id is null)) not valid;

-- What waits for the word of a second person, and whether it counts in no figure of satisfaction (RQ9).
alter table service_request add column proposed text check (proposed in ('suspend', 'extend', 'exclude'));
alter table service_request add column excluded boolean not null default false;
-- Empty at first: nothing is proposed yet.
-- squawk-ignore require-concurrent-index-creation
create index service_request_proposed on service_request (district_code, path, due_at, id) where proposed is not null;

-- One-time notice: what the resident usually has to bring or do, told all at once.
alter table category add column needed jsonb not null default '[]' check (jsonb_typeof(needed) = 'array');
