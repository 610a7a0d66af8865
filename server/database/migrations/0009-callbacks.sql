-- Whom a publisher wants told of what, and what became of it.

CREATE TABLE webhook_endpoints (
  endpoint_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL REFERENCES publishers,
  -- The client that made it: its settings say which addresses are allowed.
  client_id text NOT NULL,
  url text NOT NULL,
  host text NOT NULL,
  event_names text[] NOT NULL DEFAULT '{}',
  sealed_secrets bytea NOT NULL,
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz NOT NULL
);
CREATE INDEX webhook_endpoints_of_publisher ON webhook_endpoints (publisher_id);

-- Something a publisher is told: a legacy GET (callback) or a signed POST (webhook). The id is the same over
-- all tries. `sequence` is the order's own count of its outcomes; together with order and receiver it makes a
-- repeated step harmless. Deliveries of one order to one receiver go out in the order of created_at,
-- delivery_id.
CREATE SEQUENCE delivery_ids;
CREATE TABLE deliveries (
  delivery_id bigint PRIMARY KEY DEFAULT nextval('delivery_ids'),
  publisher_id integer NOT NULL,
  order_id bigint,
  kind text NOT NULL CHECK (kind IN ('callback', 'webhook')),
  endpoint_id bigint,
  client_id text,
  url text NOT NULL,
  host text NOT NULL,
  event_name text NOT NULL,
  sequence integer,
  body json NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  tries integer NOT NULL DEFAULT 0,
  -- Failed tries since queued_at, which is when it was made or last replayed: the place in the retry plan.
  failures integer NOT NULL DEFAULT 0,
  next_try_at timestamptz,
  created_at timestamptz NOT NULL,
  queued_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- Says the same as the state, in a column that a delivery without trouble never touches.
  failed_at timestamptz,
  CONSTRAINT deliveries_waiting_has_no_end CHECK ((state = 'waiting') = (ended_at IS NULL)),
  CONSTRAINT deliveries_failed_has_time CHECK ((state = 'failed') = (failed_at IS NOT NULL)),
  CONSTRAINT deliveries_callback_has_order
    CHECK (kind = 'webhook' OR (order_id IS NOT NULL AND sequence IS NOT NULL)),
  CONSTRAINT deliveries_webhook_has_endpoint CHECK ((kind = 'webhook') = (endpoint_id IS NOT NULL))
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX deliveries_one_effect ON deliveries (order_id, kind, coalesce(endpoint_id, 0), sequence)
  WHERE order_id IS NOT NULL;
CREATE INDEX deliveries_of_publisher ON deliveries (publisher_id, created_at, delivery_id);
CREATE INDEX deliveries_failed ON deliveries (publisher_id, created_at, delivery_id) WHERE failed_at IS NOT NULL;
CREATE TRIGGER deliveries_move BEFORE UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'waiting>delivered', 'waiting>failed', 'failed>waiting', 'delivered>waiting'))
  EXECUTE FUNCTION refuse_other_moves();

-- Each try, only appended; partitioned by time.
CREATE TABLE delivery_tries (
  delivery_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  try_number integer NOT NULL,
  outcome text NOT NULL,
  status integer,
  milliseconds integer NOT NULL,
  reply text,
  tried_at timestamptz NOT NULL,
  PRIMARY KEY (delivery_id, try_number, tried_at)
) PARTITION BY RANGE (tried_at);
CREATE TABLE delivery_tries_default PARTITION OF delivery_tries DEFAULT;
