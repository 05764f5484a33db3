-- Who has a hand in a request is read throughout the district, because the policy of service_request asks for it. It is
-- written only by a transaction that reaches the request: else one could write its own organisation into any request and
-- so reach it.

-- A function, and not one that PostgreSQL could inline: the two policies would otherwise ask for one another without end.
-- It runs as the caller, under the caller's row security.
create function app.reaches_request(request uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from service_request r where r.district_code = app.district() and r.id = request);
end $$;
revoke all on function app.reaches_request from public;
grant execute on function app.reaches_request to chuanmen_app;

drop policy request_party_of_district on request_party;
create policy request_party_read on request_party for select using (district_code = (select app.district()));
create policy request_party_added on request_party for insert
  with check (district_code = (select app.district()) and app.reaches_request(request_id));
create policy request_party_changed on request_party for update
  using (district_code = (select app.district()) and app.reaches_request(request_id));
