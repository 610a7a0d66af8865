-- A customer whom only orders know is written down when an address, a consent or a reference is to hang on it. Until
-- somebody says who it is, its publisher is told what its newest order says, and its reader what they have proven.
ALTER TABLE customers ADD COLUMN is_said boolean NOT NULL DEFAULT true;
