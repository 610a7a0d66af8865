-- Who a customer is where somebody has said it. Without a row here a customer is who its newest order says.

CREATE TABLE customers (
  publisher_id integer NOT NULL REFERENCES publishers,
  customer_number bigint NOT NULL CHECK (customer_number > 0),
  -- Personal data: name, phone numbers and e-mail addresses.
  details json NOT NULL,
  registered_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, customer_number)
);

-- What a customer is found by. The key is the keyed hash of an e-mail address or phone number, as in credentials.
CREATE TABLE customer_contacts (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  contact_key bytea NOT NULL,
  PRIMARY KEY (publisher_id, contact_key, customer_number),
  FOREIGN KEY (publisher_id, customer_number) REFERENCES customers
);
CREATE INDEX customer_contacts_of_customer ON customer_contacts (publisher_id, customer_number);

-- Where a customer's things go, from when and until when. What was is kept, what will be is planned.
CREATE TABLE customer_addresses (
  address_id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1000) PRIMARY KEY,
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  -- Nothing for the home address, which holds for all that has no address of its own.
  products text[] CHECK (cardinality(products) > 0),
  -- Personal data.
  address json NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz CHECK (ends_at > starts_at),
  CONSTRAINT customer_addresses_home_has_no_end CHECK (products IS NOT NULL OR ends_at IS NULL),
  FOREIGN KEY (publisher_id, customer_number) REFERENCES customers
);
CREATE INDEX customer_addresses_of_customer ON customer_addresses (publisher_id, customer_number, address_id);

-- What a customer is called in another system. One name there stands for one customer here.
CREATE TABLE external_references (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  reference_code text NOT NULL CHECK (length(reference_code) BETWEEN 1 AND 40),
  external_id text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 16),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, customer_number, reference_code),
  CONSTRAINT external_references_stand_for_one UNIQUE (publisher_id, reference_code, external_id),
  FOREIGN KEY (publisher_id, customer_number) REFERENCES customers
);
