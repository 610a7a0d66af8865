-- What an order gives: the right to read, periods of a subscription, and the bill.

-- A right to read something from a moment until another (half-open). Holders are an account or the keyed
-- hash of a credential; a grant of a line's own receiver does not follow the order's account.
CREATE TABLE grants (
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('temporary', 'bought')),
  period_number integer NOT NULL DEFAULT 0,
  product_code text,
  issue_code text,
  article_ref text,
  category_type text,
  of_receiver boolean NOT NULL DEFAULT false,
  account_id bigint,
  mobile_key bytea,
  email_key bytea,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  CONSTRAINT grants_end_after_start CHECK (ends_at IS NULL OR ends_at >= starts_at),
  CONSTRAINT grants_are_for_something CHECK (
    product_code IS NOT NULL OR category_type IS NOT NULL OR article_ref IS NOT NULL),
  PRIMARY KEY (order_id, line_number, kind, period_number)
);
CREATE INDEX grants_by_account ON grants (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX grants_by_mobile ON grants (publisher_id, mobile_key) WHERE mobile_key IS NOT NULL;
CREATE INDEX grants_by_email ON grants (publisher_id, email_key) WHERE email_key IS NOT NULL;

CREATE SEQUENCE subscription_ids;
CREATE TABLE subscriptions (
  subscription_id bigint PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  customer_number bigint NOT NULL,
  product_code text NOT NULL,
  offer_code text NOT NULL,
  offer_number integer NOT NULL,
  started_at timestamptz NOT NULL,
  stopped_at timestamptz,
  UNIQUE (order_id, line_number)
);

CREATE TABLE subscription_periods (
  subscription_id bigint NOT NULL,
  period_number integer NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  PRIMARY KEY (subscription_id, period_number)
);

-- The bill of an order. Numbers are gapless per publisher and given by a later job, one publisher at a time.
CREATE TABLE invoices (
  invoice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL REFERENCES orders,
  customer_number bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'issued', 'credited')),
  invoice_number bigint,
  amount_minor bigint NOT NULL,
  -- How much of it needs not be paid, or goes back; a draft that is credited whole never gets a number.
  credited_minor bigint NOT NULL DEFAULT 0 CHECK (credited_minor BETWEEN 0 AND amount_minor),
  currency text NOT NULL,
  kid text,
  drafted_at timestamptz NOT NULL,
  issued_at timestamptz,
  due_on date,
  UNIQUE (order_id),
  UNIQUE (publisher_id, invoice_number),
  CONSTRAINT invoices_issued_has_number CHECK (CASE state
    WHEN 'draft' THEN invoice_number IS NULL
    WHEN 'issued' THEN invoice_number IS NOT NULL
    ELSE credited_minor = amount_minor END)
);
CREATE INDEX invoices_to_number ON invoices (publisher_id, invoice_id) WHERE state = 'draft';
CREATE TRIGGER invoices_move_forward BEFORE UPDATE OF state ON invoices FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'draft>issued', 'draft>credited', 'issued>credited'))
  EXECUTE FUNCTION refuse_other_moves();

CREATE TABLE invoice_number_counters (
  publisher_id integer PRIMARY KEY,
  last_number bigint NOT NULL
);
