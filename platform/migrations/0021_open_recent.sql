-- What is still open, newest first: lists that ask for open states walk down this and not through all that is over.
-- squawk-ignore require-concurrent-index-creation
create index service_request_open_recent on service_request (district_code, submitted_at desc, id desc, path, state)
  where holder_organisation_id is not null;
