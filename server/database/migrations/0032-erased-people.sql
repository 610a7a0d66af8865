-- What the books must still say of a buyer who was erased: it stands apart, where no endpoint shows it, until its
-- time is over.
CREATE TABLE kept_buyers (
  order_id bigint PRIMARY KEY REFERENCES orders,
  publisher_id integer NOT NULL,
  -- Personal data: the name and address that an issued document has.
  buyer json NOT NULL,
  kept_until timestamptz NOT NULL
);
CREATE INDEX kept_buyers_by_end ON kept_buyers (kept_until);
