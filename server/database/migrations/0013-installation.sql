-- What the database is for, written once by the first node that starts: nothing makes a sandbox live again.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  mode text NOT NULL CHECK (mode IN ('sandbox', 'live')),
  marked_at timestamptz NOT NULL
);

-- A disabled client gets no token, and those that it has are worth nothing.
ALTER TABLE clients ADD COLUMN disabled_at timestamptz;
