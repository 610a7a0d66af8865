-- Links and codes that log a reader in, and what people are told by SMS and e-mail.

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
  -- Why somebody is written to: each cause has a budget of its own.
  cause text NOT NULL DEFAULT 'order' CHECK (cause IN ('order', 'client', 'reader', 'stranger', 'support')),
  -- The link to a number that this one took the place of, as it went to the reader's e-mail address instead.
  moved_from bigint,
  key_id text NOT NULL,
  token_sha256 bytea NOT NULL UNIQUE,
  -- A code that a browser asked for opens in that browser only: the hash of its nonce. Links that the system
  -- or an older message asked for have none; their code opens anywhere.
  asked_nonce_sha256 bytea,
  return_url text,
  error_url text,
  expires_at timestamptz NOT NULL,
  code_expires_at timestamptz NOT NULL,
  code_tries smallint NOT NULL DEFAULT 0,
  spent_at timestamptz,
  spent_nonce_sha256 bytea,
  -- Set where a client has corrected the address: the link opens nothing and is never sent again.
  ended_at timestamptz,
  created_at timestamptz NOT NULL
);
CREATE INDEX login_links_of_order ON login_links (order_id, created_at) WHERE order_id IS NOT NULL;
CREATE INDEX login_links_of_credential ON login_links (publisher_id, credential_key, created_at);
CREATE UNIQUE INDEX login_links_moved_once ON login_links (moved_from) WHERE moved_from IS NOT NULL;

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
  -- As of a link; and an owner is written to as well.
  cause text NOT NULL DEFAULT 'order'
    CHECK (cause IN ('order', 'client', 'reader', 'stranger', 'owner', 'support')),
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
CREATE INDEX messages_of_recipient ON messages (publisher_id, destination, created_at);
CREATE INDEX messages_sms_of_publisher ON messages (publisher_id, created_at) WHERE channel = 'sms';
CREATE UNIQUE INDEX messages_one_per_link ON messages (link_id, channel) WHERE link_id IS NOT NULL;
CREATE TRIGGER messages_move_forward BEFORE UPDATE OF state ON messages FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'waiting>accepted', 'waiting>unknown', 'waiting>failed', 'waiting>delivered', 'unknown>accepted',
    'unknown>delivered', 'unknown>failed', 'accepted>delivered', 'accepted>failed', 'failed>delivered'))
  EXECUTE FUNCTION refuse_other_moves();

-- When an owner was last told that the day's SMS come to an end.
CREATE TABLE sms_warnings (
  publisher_id integer PRIMARY KEY REFERENCES publishers,
  warned_at timestamptz NOT NULL
);
