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

-- What is only kept and read again is json, not jsonb: nothing looks into it, and it costs less to write and
-- to count.

-- Work that follows a fact and is enqueued in the fact's transaction. A job stands here until it is done.
-- A row is running while leased_until (real time) is ahead; `generation` fences a runner that lost its lease.
-- `asked_again_at` is when a request under the same key, made during a run, wants the next run.
CREATE TABLE jobs (
  job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
CREATE INDEX jobs_due ON jobs (lane, run_at, job_id);
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

-- Every live node, by its last sign of life (real time); rate limits are divided by their number.
CREATE TABLE nodes (
  node_id text PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  -- Ids of the keys that the node can open sealed values with.
  key_ids bytea[] NOT NULL DEFAULT '{}'
);
