-- A mobile number gets a new owner now and then, so that it counts when it was last proven.

-- Anew with each link or code that proves the credential; `proven_at` is the first time.
ALTER TABLE credentials ADD COLUMN last_proven_at timestamptz;
UPDATE credentials SET last_proven_at = proven_at;

-- Of a number that left another account: when that one had last proven it. Older orders are not the new owner's.
ALTER TABLE credentials ADD COLUMN held_since timestamptz;
