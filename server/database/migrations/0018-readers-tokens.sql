-- What sites hold of a reader who is logged in, and what ends it.

-- Tokens of logins from before are worth nothing any more.
ALTER TABLE accounts ADD COLUMN logins_end_at timestamptz;

-- So that the end of a session ends what follows from it.
ALTER TABLE oauth_records ADD COLUMN session_uid text;
CREATE INDEX oauth_records_by_session ON oauth_records (session_uid) WHERE session_uid IS NOT NULL;
