-- A number whose person was erased does not mean by itself who else ordered by it: an erasing that is asked for
-- twice would reach them.
CREATE TABLE erased_customers (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  erased_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, customer_number)
);
