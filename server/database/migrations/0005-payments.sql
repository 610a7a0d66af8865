-- Money owed for an order, a renewal or an invoice. Totals are money, apart from any state.
CREATE TABLE payments (
  payment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL REFERENCES orders,
  purpose text NOT NULL CHECK (purpose IN ('order', 'renewal', 'invoice')),
  -- Nothing where the first period of an agreement is free.
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  authorized_minor bigint NOT NULL DEFAULT 0 CHECK (authorized_minor >= 0),
  captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  cancelled_minor bigint NOT NULL DEFAULT 0 CHECK (cancelled_minor >= 0),
  disputed_minor bigint NOT NULL DEFAULT 0 CHECK (disputed_minor >= 0),
  -- `browser`: a buyer at a screen pays, and may choose the method where the order left it open.
  flow text NOT NULL DEFAULT 'direct' CHECK (flow IN ('browser', 'direct')),
  is_method_open boolean NOT NULL DEFAULT false,
  window_ends_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX payments_one_per_order ON payments (order_id) WHERE purpose = 'order';

-- One try to get the money. Our reference is committed before the provider hears of it.
CREATE TABLE payment_attempts (
  attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payment_id bigint NOT NULL REFERENCES payments,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  adapter text NOT NULL,
  merchant_id text NOT NULL DEFAULT '',
  reference text NOT NULL UNIQUE,
  notice_token text NOT NULL UNIQUE,
  -- `browser`: a buyer at a screen may try again or choose another method; `direct`: nobody is there.
  flow text NOT NULL DEFAULT 'direct' CHECK (flow IN ('browser', 'direct')),
  -- Where the buyer goes to pay, and our page that the buyer came from.
  buyer_step jsonb,
  return_page text,
  -- Settings that later calls keep although the merchant's change: the provider's address and version.
  pinned jsonb NOT NULL DEFAULT '{}',
  provider_id text,
  state text NOT NULL CHECK (state IN
    ('created', 'sent', 'pending', 'unknown', 'secured', 'declined', 'aborted', 'expired', 'discarded')),
  -- The provider's own word for staff, and the plain reason that pages have words for.
  reason text,
  buyer_reason text,
  -- What the provider says of the money of this attempt; each total only grows.
  authorized_minor bigint NOT NULL DEFAULT 0 CHECK (authorized_minor >= 0),
  captured_minor bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  cancelled_minor bigint NOT NULL DEFAULT 0 CHECK (cancelled_minor >= 0),
  capture_before timestamptz,
  attention text CHECK (attention IN ('action required', 'fraud reversed', 'authorization lost', 'disputed')),
  asked_count integer NOT NULL DEFAULT 0,
  report_due_at timestamptz,
  last_evidence_at timestamptz,
  -- When the provider said for good that it cannot tell; what it says about work under way is older then.
  unresolvable_at timestamptz,
  created_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX payment_attempts_one_open ON payment_attempts (payment_id)
  WHERE state IN ('created', 'sent', 'pending', 'unknown');
CREATE INDEX payment_attempts_of_order ON payment_attempts (order_id);
CREATE INDEX payment_attempts_by_provider_id ON payment_attempts (adapter, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX payment_attempts_to_capture ON payment_attempts (capture_before)
  WHERE state = 'secured' AND capture_before IS NOT NULL AND authorized_minor > captured_minor + cancelled_minor;
CREATE INDEX payment_attempts_open ON payment_attempts (created_at) WHERE state IN ('created', 'sent', 'pending', 'unknown');
-- An ended attempt moves again only when the provider says that money came after all.
CREATE TRIGGER payment_attempts_move_forward BEFORE UPDATE OF state ON payment_attempts FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'created>sent', 'created>discarded', 'created>declined', 'created>secured', 'created>pending',
    'created>unknown', 'sent>pending', 'sent>unknown', 'sent>secured', 'sent>declined', 'sent>aborted',
    'sent>expired', 'sent>discarded', 'pending>unknown', 'pending>secured', 'pending>declined',
    'pending>aborted', 'pending>expired', 'unknown>pending', 'unknown>secured', 'unknown>declined',
    'unknown>aborted', 'unknown>expired', 'unknown>discarded', 'declined>secured', 'aborted>secured',
    'expired>secured', 'discarded>secured'))
  EXECUTE FUNCTION refuse_other_moves();

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
  -- What made it: access, start, capture asked, refund asked, order stopped, give-back due, surplus money.
  cause text,
  -- The provider's own word, or ours for why it waits.
  code text,
  -- Planned for later; nothing where it is carried out at once.
  due_at timestamptz,
  state text NOT NULL CHECK (state IN ('created', 'sent', 'succeeded', 'failed', 'unknown', 'by_hand')),
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  ended_at timestamptz,
  CHECK (cardinality(line_numbers) = cardinality(line_amounts)),
  CHECK ((line_numbers IS NULL) = (line_amounts IS NULL))
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

-- Evidence from providers and people, only appended. `raw` is sealed with the key of the order, so that
-- erasing the key erases the evidence. Stamped with the database time before it was read.
CREATE SEQUENCE payment_outcome_ids;
CREATE TABLE payment_outcomes (
  outcome_id bigint NOT NULL DEFAULT nextval('payment_outcome_ids'),
  attempt_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  -- Set where it is the answer to a capture, cancellation or refund.
  operation_id bigint,
  source text NOT NULL CHECK (source IN ('answer', 'notice', 'question', 'person')),
  meaning text NOT NULL CHECK (meaning IN
    ('pending', 'unknown', 'secured', 'declined', 'aborted', 'expired', 'refunded', 'not_sent',
      'succeeded', 'failed')),
  code text,
  carries_money boolean NOT NULL,
  applied boolean NOT NULL,
  raw_sealed bytea,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (outcome_id, read_at)
) PARTITION BY RANGE (read_at);
CREATE TABLE payment_outcomes_default PARTITION OF payment_outcomes DEFAULT;
CREATE INDEX payment_outcomes_of_attempt ON payment_outcomes (attempt_id, outcome_id);

-- Money that a buyer pays on a publisher's page before any order is registered. What an order uses becomes an
-- attempt of it, with the same reference; what none uses goes back. Ended, used and given back ones may be pruned
-- when the time for disputes is over.
CREATE TABLE page_payments (
  page_payment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  payment_method text NOT NULL,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  -- Ours, committed before the provider hears of it; and what stands in the addresses of notices and buyer.
  reference text NOT NULL UNIQUE,
  notice_token text NOT NULL UNIQUE,
  -- Nothing until the provider's answer to the start is known; nobody is sent there before.
  provider_id text,
  pinned jsonb NOT NULL DEFAULT '{}',
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  recurring boolean NOT NULL,
  return_url text NOT NULL,
  page_state text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'secured', 'ended', 'used', 'giving_back', 'given_back')),
  -- How it ended without money.
  outcome text CHECK (outcome IN ('declined', 'aborted', 'expired', 'discarded')),
  is_captured boolean NOT NULL DEFAULT false,
  -- The order that uses it.
  order_id bigint,
  -- What stood in the way last, in the provider's own word or ours.
  code text,
  window_ends_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  paid_at timestamptz,
  -- When the operator was told last that no machine can end it, or give it back.
  told_at timestamptz,
  CHECK ((state = 'ended') = (outcome IS NOT NULL)),
  CHECK ((state = 'used') = (order_id IS NOT NULL)),
  CHECK ((state IN ('open', 'ended')) = (paid_at IS NULL))
);
CREATE INDEX page_payments_open ON page_payments (window_ends_at) WHERE state = 'open';
CREATE INDEX page_payments_unused ON page_payments (paid_at) WHERE state IN ('secured', 'giving_back');
CREATE INDEX page_payments_by_provider_id ON page_payments (adapter, provider_id) WHERE provider_id IS NOT NULL;
CREATE TRIGGER page_payments_move_forward BEFORE UPDATE OF state ON page_payments FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'open>secured', 'open>ended', 'ended>secured', 'secured>used', 'secured>giving_back',
    'giving_back>given_back'))
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
  created_at timestamptz NOT NULL,
  stopped_at timestamptz,
  CHECK ((state = 'stopped') = (stopped_at IS NOT NULL))
);
CREATE UNIQUE INDEX payment_agreements_by_token ON payment_agreements (adapter, token_key);
CREATE INDEX payment_agreements_of_order ON payment_agreements (order_id);
CREATE TRIGGER payment_agreements_move_forward BEFORE UPDATE OF state ON payment_agreements FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'active>stopped'))
  EXECUTE FUNCTION refuse_other_moves();

-- Whether a first charge of a mobile succeeded at a merchant; the operator wants to know at the next.
CREATE TABLE charged_mobiles (
  publisher_id integer NOT NULL,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  mobile_key bytea NOT NULL,
  first_charged_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, adapter, merchant_id, mobile_key)
);

-- The key that seals raw evidence of one order.
CREATE TABLE order_keys (
  order_id bigint PRIMARY KEY,
  sealed_key bytea NOT NULL
);

CREATE TABLE cases (
  case_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  attempt_id bigint,
  operation_id bigint,
  kind text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'resolved')),
  outcome text CHECK (outcome IN ('paid', 'not_paid', 'given_back', 'again', 'dismissed', 'by_provider')),
  evidence text,
  resolved_by text,
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL AND outcome IS NOT NULL))
);
CREATE UNIQUE INDEX cases_one_open ON cases (order_id, kind, coalesce(attempt_id, 0), coalesce(operation_id, 0))
  WHERE state = 'open';
CREATE INDEX cases_of_publisher ON cases (publisher_id, case_id);
CREATE INDEX cases_open ON cases (publisher_id, case_id) WHERE state = 'open';
CREATE TRIGGER cases_move_forward BEFORE UPDATE OF state ON cases FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'open>resolved'))
  EXECUTE FUNCTION refuse_other_moves();
