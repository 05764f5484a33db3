-- Jobs are enqueued in the transaction of the change they follow from. The job runner's own tables are closed to the
-- application role; it may only add a job, through this function.
create function app.enqueue(task text, payload jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload => payload::json, max_attempts => 10);
end $$;
revoke all on function app.enqueue from public;
grant execute on function app.enqueue to chuanmen_app;

-- Which workers live. The job runner frees the jobs of a killed worker only after four hours unless it is told.
create table worker_alive (
  worker_id text primary key,
  seen_at timestamptz not null default now()
);
grant select, insert, update, delete on worker_alive to chuanmen_worker;

