-- Erasing personal data (RQ15).

-- What else somebody wrote in an entry than its words: points asked, where to go instead, what is demanded. It stands beside
-- the chain under the same salted digest as the words (docs/adr/0013); `data` keeps its shape, with every text in it empty.
alter table request_entry add column texts jsonb;
