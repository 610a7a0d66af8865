-- What is owed, each try to get it, and all that is known of it.

-- What a payment method needs at one publisher: base address, merchant ids, secrets (sealed).
CREATE TABLE payment_method_settings (
  publisher_id integer NOT NULL REFERENCES publishers,
  adapter text NOT NULL,
  merchant_id text NOT NULL DEFAULT '',
  settings jsonb NOT NULL,
  sealed_secrets bytea,
  -- How registering our notice address went, by adapter: {adapter: {state, code, at}}.
  notices jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (publisher_id, adapter, merchant_id)
);

-- Money owed for an order, a renewal or an invoice, or a method that is kept for later. A payment stands by
-- itself: one that was begun before its order is bound when the order is registered. Totals are money, apart
-- from any state.
CREATE TABLE payments (
  payment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('order', 'renewal', 'invoice', 'method')),
  order_id bigint REFERENCES orders,
  invoice_id bigint REFERENCES invoices,
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
  -- Only guests have begun this payment, so that its end stops no order before the order's own time is up.
  is_of_guests boolean NOT NULL DEFAULT false,
  -- An order has taken the payment, and once it is completed the provider is asked about it again.
  to_confirm boolean NOT NULL DEFAULT false,
  window_ends_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT payments_invoice_has_id CHECK ((purpose = 'invoice') = (invoice_id IS NOT NULL)),
  CONSTRAINT payments_renewal_has_order CHECK (purpose <> 'renewal' OR order_id IS NOT NULL)
);
CREATE UNIQUE INDEX payments_one_per_order ON payments (order_id) WHERE purpose = 'order';
-- An order that goes is looked for among payments of every purpose: none may be left behind.
CREATE INDEX payments_of_order ON payments (order_id);
CREATE INDEX payments_to_confirm ON payments (payment_id) WHERE to_confirm;

-- What only the publisher's page knows of a payment that was begun there, before its order.
CREATE TABLE page_payments (
  payment_id bigint PRIMARY KEY REFERENCES payments,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  payment_method text NOT NULL,
  recurring boolean NOT NULL,
  -- Where the page wants its buyer back, and what it wants to be told with.
  return_url text NOT NULL,
  page_state text NOT NULL,
  -- Whether the money was taken, or only reserved, when it came: what the page is told stays the same.
  is_captured boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);

-- One try to get the money. Our reference is committed before the provider hears of it.
CREATE TABLE payment_attempts (
  attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payment_id bigint NOT NULL REFERENCES payments,
  publisher_id integer NOT NULL,
  -- The payment's order, by which most statements find the attempt.
  order_id bigint,
  adapter text NOT NULL,
  merchant_id text NOT NULL DEFAULT '',
  reference text NOT NULL UNIQUE,
  notice_token text NOT NULL UNIQUE,
  -- `browser`: a buyer at a screen may try again or choose another method; `direct`: nobody is there.
  flow text NOT NULL DEFAULT 'direct' CHECK (flow IN ('browser', 'direct')),
  -- Who opens an order by its bare number is a guest: the number can be guessed. This tells one browser from
  -- another, and is half of its cookie; an attempt without one was begun by a buyer who was invited. A guest holds
  -- the order until `held_until`.
  guest_id text,
  held_until timestamptz,
  -- Where the buyer goes to pay, and our page that the buyer came from.
  buyer_step jsonb,
  return_page text,
  -- What the buyer was asked to agree to, as the page of the agreement shows it.
  agreed jsonb,
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
-- What is asked of an order's money goes from its payment to the attempts of that.
CREATE INDEX payment_attempts_of_payment ON payment_attempts (payment_id);
CREATE INDEX payment_attempts_by_provider_id ON payment_attempts (adapter, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX payment_attempts_to_capture ON payment_attempts (capture_before)
  WHERE state = 'secured' AND capture_before IS NOT NULL AND authorized_minor > captured_minor + cancelled_minor;
CREATE INDEX payment_attempts_reserved ON payment_attempts (publisher_id, adapter, merchant_id)
  WHERE authorized_minor > captured_minor + cancelled_minor;
CREATE INDEX payment_attempts_open ON payment_attempts (created_at) WHERE state IN ('created', 'sent', 'pending', 'unknown');
CREATE INDEX payment_attempts_open_unattached ON payment_attempts (attempt_id)
  WHERE order_id IS NULL AND state IN ('created', 'sent', 'pending', 'unknown');
CREATE INDEX payment_attempts_unattached ON payment_attempts (ended_at)
  WHERE order_id IS NULL AND state = 'secured'
    AND (authorized_minor > captured_minor + cancelled_minor OR captured_minor > refunded_minor);
-- As `orders_by_end`.
CREATE INDEX payment_attempts_by_age ON payment_attempts
  USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
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

-- Evidence from providers and people, only appended. `raw` is sealed with the key of the payment, so that
-- erasing the key erases the evidence. Stamped with the database time before it was read.
CREATE SEQUENCE payment_outcome_ids;
CREATE TABLE payment_outcomes (
  outcome_id bigint NOT NULL DEFAULT nextval('payment_outcome_ids'),
  attempt_id bigint NOT NULL,
  publisher_id integer NOT NULL,
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

-- The key that seals raw evidence of one payment.
CREATE TABLE payment_keys (
  payment_id bigint PRIMARY KEY REFERENCES payments,
  sealed_key bytea NOT NULL
);

-- Whether a first charge of a mobile succeeded at a merchant; the operator wants to know at the next.
CREATE TABLE charged_mobiles (
  publisher_id integer NOT NULL,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  mobile_key bytea NOT NULL,
  first_charged_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, adapter, merchant_id, mobile_key)
);
