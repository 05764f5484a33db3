-- The last answer of one request was sought in the index of all answers by time: PostgreSQL 18 skips through it, a step for every
-- answer of the district. What is only carried along is not searched by.
-- squawk-ignore require-concurrent-index-deletion
drop index request_entry_answered;
-- squawk-ignore require-concurrent-index-creation
create index request_entry_answered on request_entry (district_code, at) include (request_id) where kind = 'answer';
