CREATE TABLE webhook_endpoints (
  endpoint_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL REFERENCES publishers,
  url text NOT NULL,
  event_names text[] NOT NULL DEFAULT '{}',
  sealed_secrets bytea NOT NULL,
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  created_at timestamptz NOT NULL
);
CREATE INDEX webhook_endpoints_of_publisher ON webhook_endpoints (publisher_id);

-- Something a publisher is told: a legacy GET (callback) or a signed POST (webhook). The id is the same over
-- all tries. `sequence` orders the deliveries of one order to one endpoint.
CREATE SEQUENCE delivery_ids CACHE 256;
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
  sequence integer NOT NULL,
  body jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX deliveries_one_effect ON deliveries (order_id, kind, coalesce(endpoint_id, 0), sequence) WHERE order_id IS NOT NULL;
CREATE INDEX deliveries_of_publisher ON deliveries (publisher_id, delivery_id);
CREATE TRIGGER deliveries_move BEFORE UPDATE OF state ON deliveries FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION refuse_other_moves('waiting>delivered', 'waiting>failed', 'failed>waiting', 'delivered>waiting');

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
