-- What a site learns of a reader who is logged in: tokens of a session, and what ends them.

-- The secret of a session changes at every login of the same reader in the same browser; this does not, and
-- tokens carry it.
ALTER TABLE sessions ADD COLUMN session_uid text NOT NULL DEFAULT gen_random_uuid()::text;
CREATE INDEX sessions_by_uid ON sessions (session_uid);

-- Logins up to here are worth nothing any more, nor are tokens that follow from them.
ALTER TABLE accounts ADD COLUMN logins_end_at timestamptz;

-- So that a logout ends what follows from the session.
ALTER TABLE oauth_records ADD COLUMN session_uid text;
CREATE INDEX oauth_records_by_session ON oauth_records (session_uid) WHERE session_uid IS NOT NULL;
