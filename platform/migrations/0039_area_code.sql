-- A stairwell is found by its code: the code at its entrance opens its public page.
-- squawk-ignore require-concurrent-index-creation
create index area_code on area (district_code, code);
