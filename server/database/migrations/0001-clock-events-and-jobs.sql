-- What every room stands on: the clock, moves of states, what happened, and work that follows from it.

-- One clock decides expiry, leases and due times on every node: the database's. Tests and the sandbox may
-- move it; in live mode nothing writes the row.
CREATE TABLE test_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  offset_milliseconds bigint NOT NULL DEFAULT 0
);
INSERT INTO test_clock DEFAULT VALUES;

CREATE FUNCTION leveret_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT statement_timestamp() + (SELECT offset_milliseconds FROM test_clock) * interval '1 millisecond'
$$;

-- A state may only move along the edges that the trigger's condition names, written 'from>to'. The same edges
-- stand in the code; this is the last guard, and holds for every client of the database. The function is
-- called for no other purpose than to refuse, as calling it costs more than the condition.
CREATE FUNCTION refuse_other_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% cannot move from % to %', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = 'LV001';
END $$;

-- What the database is for, written once by the first node that starts: nothing makes a sandbox live again.
CREATE TABLE installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  mode text NOT NULL CHECK (mode IN ('sandbox', 'live')),
  marked_at timestamptz NOT NULL
);

-- Every live node, by its last sign of life (real time); rate limits are divided by their number.
CREATE TABLE nodes (
  node_id text PRIMARY KEY,
  -- Ids of the keys that the node can open sealed values with.
  key_ids bytea[] NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);

-- What is only kept and read again is json, not jsonb: nothing looks into it, and it costs less to write and
-- to count.

-- What happened, as facts and ids without personal data. Only appended; partitioned by time.
CREATE SEQUENCE event_ids;
CREATE TABLE events (
  event_id bigint NOT NULL DEFAULT nextval('event_ids'),
  publisher_id integer NOT NULL,
  order_id bigint,
  name text NOT NULL,
  version smallint NOT NULL DEFAULT 1,
  facts json NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- Ids are handed out in blocks to each session, so that only the time says what came first.
  PRIMARY KEY (publisher_id, occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_of_order ON events (order_id, event_id) WHERE order_id IS NOT NULL;
CREATE INDEX events_by_name ON events (publisher_id, name, occurred_at, event_id);

-- Work that follows a fact and is enqueued in the fact's transaction. A job stands here until it is done.
-- A row is running while leased_until (real time) is ahead; `generation` fences a runner that lost its lease.
-- `asked_again_at` is when a request under the same key, made during a run, wants the next run.
CREATE TABLE jobs (
  job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- One kind of job and one publisher (0 is the house itself), so that publishers take turns.
  lane text NOT NULL,
  name text NOT NULL,
  key text,
  publisher_id integer,
  arguments json NOT NULL,
  run_at timestamptz NOT NULL,
  leased_until timestamptz,
  generation integer NOT NULL DEFAULT 0,
  asked_again_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- Lanes are compared byte by byte, whatever the database's own order: those that begin with the same kind and
-- publisher stand together.
CREATE INDEX jobs_due_by_lane ON jobs (lane COLLATE "C", run_at, job_id);
CREATE UNIQUE INDEX jobs_one_per_key ON jobs (name, key) WHERE key IS NOT NULL;

-- Jobs that were given up after the last try of their plan, kept for a person to read and run again.
CREATE TABLE dead_jobs (
  job_id bigint PRIMARY KEY,
  lane text NOT NULL,
  name text NOT NULL,
  key text,
  publisher_id integer,
  arguments json NOT NULL,
  failures integer NOT NULL,
  last_error text,
  created_at timestamptz NOT NULL,
  died_at timestamptz NOT NULL
);

-- The next due time of each schedule; claimed by whichever node comes first.
CREATE TABLE schedules (
  name text PRIMARY KEY,
  next_at timestamptz NOT NULL
);

-- How far each deletion of what is old has looked, so that its next run goes on from there; 0 begins anew.
CREATE TABLE prune_marks (
  name text PRIMARY KEY,
  last_id bigint NOT NULL
);

-- The first answer to each idempotency key, kept 72 hours. `reply` is empty while the first request runs.
CREATE TABLE idempotency_keys (
  client_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  reply_status smallint,
  -- As text, so that a repeat gets the same bytes.
  reply json,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (client_id, operation, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
