-- What sites are told of a login: which session it is, when its reader last logged in, and by what.

-- Stays the same while the secret of the cookie changes with each login of the same account.
ALTER TABLE sessions ADD COLUMN session_uid uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX sessions_by_uid ON sessions (session_uid);

-- When the reader last logged in with what `strength` says.
ALTER TABLE sessions ADD COLUMN authenticated_at timestamptz;
UPDATE sessions SET authenticated_at = created_at;
ALTER TABLE sessions ALTER COLUMN authenticated_at SET NOT NULL;

ALTER TABLE sessions DROP CONSTRAINT sessions_strength_check;
UPDATE sessions SET strength = 'code' WHERE strength = 'full';
ALTER TABLE sessions ADD CONSTRAINT sessions_strength_check CHECK (strength IN ('link', 'code'));
