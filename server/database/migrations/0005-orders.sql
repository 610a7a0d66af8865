-- The order itself, its lines and people, what was paid elsewhere, and what was asked for when completing.

-- Of what every order has (lines, parties, completion, grants, subscription) no row carries a foreign key:
-- each is written from the order's own row, in the transaction that writes or locks it, and an order is only
-- deleted whole. The checks would find nothing, and cost an eighth of the database's time.
CREATE SEQUENCE order_ids START WITH 100000;

CREATE TABLE orders (
  order_id bigint PRIMARY KEY,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('registered', 'paying', 'completed', 'stopped')),
  -- Stands in for the state in an index: see below.
  is_paying boolean GENERATED ALWAYS AS (CASE WHEN state = 'paying' THEN true END) STORED,
  stopped_reason text CHECK (stopped_reason IN ('expired', 'cancelled', 'payment_failed')),
  external_order_id text,
  customer_number bigint NOT NULL,
  account_id bigint REFERENCES accounts,
  payment_method text,
  prepaid boolean NOT NULL,
  recurring boolean NOT NULL,
  merchant_id text,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  -- Marketing, seller and other attributes that Leveret keeps for the publisher and does not act on.
  attributes json NOT NULL DEFAULT '{}',
  ordered_at timestamptz NOT NULL,
  registered_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- Set when cancelling was asked while a payment was open; the outcome of the payment decides.
  cancel_asked_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT orders_ended_has_time CHECK ((state IN ('completed', 'stopped')) = (ended_at IS NOT NULL)),
  CONSTRAINT orders_stopped_has_reason CHECK ((state = 'stopped') = (stopped_reason IS NOT NULL))
) WITH (fillfactor = 50);
CREATE TRIGGER orders_move_forward BEFORE UPDATE OF state ON orders FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'registered>paying', 'registered>completed', 'registered>stopped', 'paying>completed', 'paying>stopped',
    'stopped>completed'))
  EXECUTE FUNCTION refuse_other_moves();
CREATE INDEX orders_of_publisher ON orders (publisher_id, order_id);
CREATE INDEX orders_by_external_id ON orders (publisher_id, external_order_id, order_id)
  WHERE external_order_id IS NOT NULL;
CREATE INDEX orders_of_account ON orders (account_id, order_id) WHERE account_id IS NOT NULL;
-- No index may name the state: then completing an order that was not paid here, as most are, adds nothing to any
-- index, and the new version stays on its page, which half empty pages have room for. What is paying has a column
-- of its own, and the reason is set exactly where the state is stopped.
CREATE INDEX orders_paying ON orders (order_id) WHERE is_paying;
CREATE INDEX orders_stopped ON orders (publisher_id, order_id) WHERE stopped_reason IS NOT NULL;
-- Pruning walks over stopped orders of all publishers, oldest first.
CREATE INDEX orders_stopped_by_age ON orders (order_id) WHERE stopped_reason IS NOT NULL;
CREATE INDEX orders_by_expiry ON orders (expires_at);
-- Rows lie in the order in which they were made, so that a few bytes for each range of pages find a stretch of time;
-- new ranges are noted as they fill, or each question would read those since the last vacuum.
CREATE INDEX orders_by_end ON orders USING brin (ended_at) WITH (pages_per_range = 32, autosummarize = on);

-- Every order that expires until then has ended or is paying, so that looking for those to stop begins there.
CREATE TABLE order_expiry (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  ended_until timestamptz NOT NULL
);
INSERT INTO order_expiry (ended_until) VALUES ('-infinity');

-- A stopped order may only be completed together with an outcome that carries money.
CREATE FUNCTION stopped_order_needs_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM payments JOIN payment_attempts USING (payment_id) JOIN payment_outcomes USING (attempt_id)
    WHERE payments.order_id = NEW.order_id AND payment_outcomes.carries_money) THEN
    RAISE EXCEPTION 'order % is stopped and no outcome carries money', NEW.order_id USING ERRCODE = 'LV002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_reopen_with_money BEFORE UPDATE OF state ON orders FOR EACH ROW
  WHEN (OLD.state = 'stopped' AND NEW.state = 'completed') EXECUTE FUNCTION stopped_order_needs_money();

CREATE TABLE order_lines (
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  publisher_id integer NOT NULL,
  spec_type text NOT NULL CHECK (spec_type IN ('coupon', 'product', 'issue', 'article')),
  offer_code text,
  offer_number integer,
  product_code text,
  issue_code text,
  article_ref text,
  description text NOT NULL,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
  unit_price_minor bigint NOT NULL,
  discount_minor bigint NOT NULL DEFAULT 0,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  vat_basis_points integer NOT NULL,
  vat_minor bigint NOT NULL,
  capture_when text NOT NULL DEFAULT 'access',
  period_length integer,
  period_type text,
  allow_access_product text,
  allow_access_category_type text,
  allow_access_seconds integer,
  starts_at timestamptz,
  -- Holder of the line's grant when the line has a receiver with a credential of its own.
  receiver_mobile_key bytea,
  receiver_email_key bytea,
  ended_reason text,
  refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor),
  attributes json NOT NULL DEFAULT '{}',
  PRIMARY KEY (order_id, line_number)
);

-- Personal data of payer (line_number 0) and receivers. Keys are keyed hashes of the first mobile and e-mail.
CREATE TABLE order_parties (
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  publisher_id integer NOT NULL,
  party json NOT NULL,
  mobile text,
  mobile_key bytea,
  email text,
  email_key bytea,
  PRIMARY KEY (order_id, line_number)
);
CREATE INDEX order_parties_by_mobile ON order_parties (publisher_id, mobile_key, order_id) WHERE mobile_key IS NOT NULL;
CREATE INDEX order_parties_by_email ON order_parties (publisher_id, email_key, order_id) WHERE email_key IS NOT NULL;

-- A transaction paid elsewhere pays one order; a stopped order gives it free again.
CREATE TABLE prepayments (
  order_id bigint PRIMARY KEY REFERENCES orders,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  payment_method text NOT NULL,
  provider text NOT NULL,
  transaction_id text NOT NULL,
  content_sha256 bytea NOT NULL,
  evidence jsonb NOT NULL,
  released_at timestamptz
);
CREATE UNIQUE INDEX prepayments_pay_once ON prepayments (publisher_id, payment_method, transaction_id)
  WHERE released_at IS NULL;
-- Methods of one provider share its transactions: what paid an order of one method pays none of another.
CREATE UNIQUE INDEX prepayments_pay_once_at_provider ON prepayments (publisher_id, provider, transaction_id)
  WHERE released_at IS NULL;

-- What the publisher asked for when completing: the first accepted values stand. `credential` is personal
-- data.
CREATE TABLE order_completions (
  order_id bigint PRIMARY KEY,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  callback_url text,
  credential text,
  credential_kind text CHECK (credential_kind IN ('email', 'mobile')),
  credential_key bytea,
  return_url text,
  error_url text,
  link_lifetime_seconds integer,
  asked_at timestamptz NOT NULL
);

-- Who tied an order to an account, and when.
CREATE TABLE order_assignments (
  order_id bigint NOT NULL REFERENCES orders,
  account_id bigint NOT NULL REFERENCES accounts,
  publisher_id integer NOT NULL,
  assigned_by text NOT NULL,
  assigned_at timestamptz NOT NULL,
  PRIMARY KEY (order_id, account_id, assigned_at)
);
