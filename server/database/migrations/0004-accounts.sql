-- People who log in, what they are known by, and how often somebody asked.

-- A person who logs in. A pending account was made by an assign and is shown to nobody before a credential
-- of it is proven.
CREATE TABLE accounts (
  account_id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1000) PRIMARY KEY,
  publisher_id integer NOT NULL REFERENCES publishers,
  unique_user_id text NOT NULL UNIQUE CHECK (unique_user_id ~ '^[0-9a-f]{32}$'),
  state text NOT NULL CHECK (state IN ('pending', 'active', 'closed')),
  customer_number bigint,
  password_hash text,
  created_at timestamptz NOT NULL,
  CONSTRAINT accounts_pending_has_no_password CHECK (state <> 'pending' OR password_hash IS NULL)
);
CREATE TRIGGER accounts_move_forward BEFORE UPDATE OF state ON accounts FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'pending>active', 'pending>closed', 'active>closed'))
  EXECUTE FUNCTION refuse_other_moves();

-- An e-mail address or mobile of an account. `credential` is personal data; the key is its keyed hash.
CREATE TABLE credentials (
  publisher_id integer NOT NULL,
  credential_key bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('email', 'mobile')),
  credential text NOT NULL,
  account_id bigint NOT NULL REFERENCES accounts,
  proven_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, credential_key)
);
CREATE INDEX credentials_of_account ON credentials (account_id);

-- A browser that is logged in. `expires_at` moves with `seen_at`: 30 days unused, and 180 days at the most.
CREATE TABLE sessions (
  session_sha256 bytea PRIMARY KEY,
  publisher_id integer NOT NULL,
  account_id bigint NOT NULL REFERENCES accounts,
  strength text NOT NULL CHECK (strength IN ('link', 'full')),
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX sessions_of_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- When something was asked for by whom; rows are pruned when no limit looks back on them any more.
CREATE TABLE attempt_counters (
  counter text NOT NULL,
  attempted_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (counter, attempted_at)
);
CREATE INDEX attempt_counters_by_age ON attempt_counters (attempted_at);
