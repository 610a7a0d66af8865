-- What a buyer was shown on the page of ours where an order is placed, and agreed to by its button.

-- The buyer agreed on the publisher's own page that what is bought begins at once, and what follows from that for
-- the right of withdrawal. Nothing where nobody said so.
ALTER TABLE orders ADD COLUMN early_start boolean;

-- The words of pages, each once, however many buyers have read the same. They name nobody who buys.
CREATE TABLE checkout_texts (
  publisher_id integer NOT NULL,
  text_sha256 bytea NOT NULL CHECK (length(text_sha256) = 32),
  text text NOT NULL,
  PRIMARY KEY (publisher_id, text_sha256)
);

-- One row for each press of the button that began something: a try to pay, or, without one, the completion.
CREATE TABLE order_checkouts (
  checkout_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  attempt_id bigint,
  text_version text NOT NULL,
  text_sha256 bytea NOT NULL CHECK (length(text_sha256) = 32),
  language text NOT NULL,
  payment_method text,
  -- Of the order's currency; what the button said is paid now.
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  early_start boolean NOT NULL,
  pressed_at timestamptz NOT NULL
);
CREATE INDEX order_checkouts_of_order ON order_checkouts (order_id, checkout_id);
