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
  CHECK (state <> 'pending' OR password_hash IS NULL)
);
CREATE TRIGGER accounts_move_forward BEFORE UPDATE OF state ON accounts FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'pending>active', 'pending>closed', 'active>closed'))
  EXECUTE FUNCTION refuse_other_moves();
ALTER TABLE orders ADD FOREIGN KEY (account_id) REFERENCES accounts;

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

-- Who tied an order to an account, and when.
CREATE TABLE order_assignments (
  order_id bigint NOT NULL REFERENCES orders,
  account_id bigint NOT NULL REFERENCES accounts,
  publisher_id integer NOT NULL,
  assigned_by text NOT NULL,
  assigned_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, account_id, assigned_at)
);

-- A link that logs the reader in once. The token is derived from the id under a key, so it is not stored.
CREATE TABLE login_links (
  link_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  order_id bigint,
  credential_kind text NOT NULL CHECK (credential_kind IN ('email', 'mobile')),
  credential text NOT NULL,
  credential_key bytea NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('login', 'code')),
  key_id text NOT NULL,
  token_sha256 bytea NOT NULL UNIQUE,
  return_url text,
  error_url text,
  expires_at timestamptz NOT NULL,
  code_expires_at timestamptz NOT NULL,
  code_tries smallint NOT NULL DEFAULT 0,
  spent_at timestamptz,
  spent_nonce_sha256 bytea,
  created_at timestamptz NOT NULL
);
CREATE INDEX login_links_of_order ON login_links (order_id, created_at) WHERE order_id IS NOT NULL;
CREATE INDEX login_links_of_credential ON login_links (publisher_id, credential_key, created_at);

-- When something was asked for by whom; rows are pruned when no limit looks back on them any more.
CREATE TABLE attempt_counters (
  counter text NOT NULL,
  attempted_at timestamptz NOT NULL,
  attempts integer NOT NULL,
  PRIMARY KEY (counter, attempted_at)
);
CREATE INDEX attempt_counters_by_age ON attempt_counters (attempted_at);

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

-- Something a person is told by SMS or e-mail. `destination` is personal data; texts are rendered at each
-- try and not kept.
CREATE TABLE messages (
  message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint,
  link_id bigint REFERENCES login_links,
  template text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('sms', 'email')),
  language text NOT NULL,
  destination text NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}',
  reference text NOT NULL UNIQUE,
  provider_id text,
  state text NOT NULL CHECK (state IN ('waiting', 'accepted', 'delivered', 'unknown', 'failed')),
  reason text,
  tries integer NOT NULL DEFAULT 0,
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX messages_of_order ON messages (order_id) WHERE order_id IS NOT NULL;
CREATE UNIQUE INDEX messages_one_per_link ON messages (link_id, channel) WHERE link_id IS NOT NULL;
CREATE TRIGGER messages_move_forward BEFORE UPDATE OF state ON messages FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'waiting>accepted', 'waiting>unknown', 'waiting>failed', 'waiting>delivered', 'unknown>accepted',
    'unknown>delivered', 'unknown>failed', 'accepted>delivered', 'accepted>failed', 'failed>delivered'))
  EXECUTE FUNCTION refuse_other_moves();
