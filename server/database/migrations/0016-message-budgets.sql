-- Why somebody is written to: each cause has a budget of its own.
ALTER TABLE login_links ADD COLUMN cause text NOT NULL DEFAULT 'order'
  CHECK (cause IN ('order', 'client', 'reader', 'stranger'));
ALTER TABLE messages ADD COLUMN cause text NOT NULL DEFAULT 'order'
  CHECK (cause IN ('order', 'client', 'reader', 'stranger', 'owner'));
CREATE INDEX messages_of_recipient ON messages (publisher_id, destination, created_at);
CREATE INDEX messages_sms_of_publisher ON messages (publisher_id, created_at) WHERE channel = 'sms';

-- When an owner was last told that the day's SMS come to an end.
CREATE TABLE sms_warnings (
  publisher_id integer PRIMARY KEY REFERENCES publishers,
  warned_at timestamptz NOT NULL
);
