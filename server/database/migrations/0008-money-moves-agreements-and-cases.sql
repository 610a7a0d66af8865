-- Calls that move money, agreements, and what a person must settle.

-- One call that can move money.
CREATE TABLE payment_operations (
  operation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  attempt_id bigint NOT NULL REFERENCES payment_attempts,
  publisher_id integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('authorize', 'charge', 'capture', 'cancel', 'refund')),
  reference text NOT NULL UNIQUE,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0 OR kind = 'authorize' AND amount_minor = 0),
  vat_minor bigint NOT NULL DEFAULT 0,
  -- The order's lines it is about, and how much of each; nothing where it is an amount of the whole.
  line_numbers smallint[],
  line_amounts bigint[],
  -- What made it, such as access, capture asked or order stopped.
  cause text,
  -- The provider's own word, or ours for why it waits.
  code text,
  -- Planned for later; nothing where it is carried out at once.
  due_at timestamptz,
  state text NOT NULL CHECK (state IN ('created', 'sent', 'succeeded', 'failed', 'unknown', 'by_hand')),
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT payment_operations_each_line_has_amount
    CHECK (cardinality(line_numbers) = cardinality(line_amounts)),
  CONSTRAINT payment_operations_lines_have_amounts CHECK ((line_numbers IS NULL) = (line_amounts IS NULL))
);
CREATE INDEX payment_operations_of_attempt ON payment_operations (attempt_id);
CREATE INDEX payment_operations_open ON payment_operations (created_at)
  WHERE kind IN ('capture', 'cancel', 'refund') AND state IN ('created', 'sent', 'unknown');
CREATE TRIGGER payment_operations_move_forward BEFORE UPDATE OF state ON payment_operations FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'created>sent', 'created>succeeded', 'created>failed', 'created>unknown', 'created>by_hand',
    'sent>succeeded', 'sent>failed', 'sent>unknown', 'sent>by_hand', 'unknown>succeeded', 'unknown>failed',
    'unknown>by_hand', 'failed>succeeded', 'by_hand>sent', 'by_hand>succeeded', 'by_hand>failed'))
  EXECUTE FUNCTION refuse_other_moves();

-- What a buyer agreed to for payments to come. The token is the provider's word for it, sealed.
CREATE TABLE payment_agreements (
  agreement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  attempt_id bigint UNIQUE REFERENCES payment_attempts,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  token_sealed bytea NOT NULL,
  -- A keyed hash, by which notices about the agreement find it.
  token_key bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('active', 'stopped')),
  -- That it is to end at its provider, and why; it is active until the provider has ended it.
  stop_wanted_at timestamptz,
  stop_cause text CHECK (stop_cause IN ('order stopped', 'refunded', 'not paid by it', 'reader')),
  -- When it is looked at next: whether what it pays for has ended, or whether it was left behind.
  next_check_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL,
  stopped_at timestamptz,
  CONSTRAINT payment_agreements_stopped_has_time CHECK ((state = 'stopped') = (stopped_at IS NOT NULL)),
  CONSTRAINT payment_agreements_stop_has_cause CHECK ((stop_wanted_at IS NULL) = (stop_cause IS NULL))
);
CREATE UNIQUE INDEX payment_agreements_by_token ON payment_agreements (adapter, token_key);
CREATE INDEX payment_agreements_of_order ON payment_agreements (order_id);
CREATE INDEX payment_agreements_to_check ON payment_agreements (next_check_at) WHERE state = 'active';
CREATE TRIGGER payment_agreements_move_forward BEFORE UPDATE OF state ON payment_agreements FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'active>stopped'))
  EXECUTE FUNCTION refuse_other_moves();

-- What no machine can settle, and how a person did. It may be about a payment that has no order.
CREATE TABLE cases (
  case_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint,
  attempt_id bigint,
  operation_id bigint,
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'resolved')),
  outcome text CHECK (outcome IN ('paid', 'not_paid', 'given_back', 'again', 'dismissed', 'by_provider')),
  evidence text,
  resolved_by text,
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  CONSTRAINT cases_resolved_has_outcome
    CHECK ((state = 'resolved') = (resolved_at IS NOT NULL AND outcome IS NOT NULL))
);
CREATE UNIQUE INDEX cases_one_open ON cases
  (order_id, kind, coalesce(attempt_id, 0), coalesce(operation_id, 0)) NULLS NOT DISTINCT WHERE state = 'open';
CREATE INDEX cases_open ON cases (publisher_id, case_id) WHERE state = 'open';
CREATE INDEX cases_of_publisher ON cases (publisher_id, case_id);
-- Cases of an order, newest last: sweeps and expiry look for them order by order.
CREATE INDEX cases_of_order ON cases (order_id, case_id);
CREATE INDEX cases_of_attempt ON cases (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE TRIGGER cases_move_forward BEFORE UPDATE OF state ON cases FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'open>resolved'))
  EXECUTE FUNCTION refuse_other_moves();
