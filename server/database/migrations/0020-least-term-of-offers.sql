-- How many periods an offer binds its buyer for, counted from the first; nothing where it binds to none.
ALTER TABLE offers ADD COLUMN least_term integer CHECK (least_term BETWEEN 1 AND 100);
