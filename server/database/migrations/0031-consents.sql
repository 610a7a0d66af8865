-- What customers agree to: the words, each in versions that stay as they were shown, and who said yes or no when.

CREATE TABLE consent_texts (
  publisher_id integer NOT NULL REFERENCES publishers,
  consent_code text NOT NULL CHECK (length(consent_code) BETWEEN 1 AND 40),
  version integer NOT NULL CHECK (version >= 1),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
  made_at timestamptz NOT NULL,
  PRIMARY KEY (publisher_id, consent_code, version)
);

-- Statements are added and never changed: the last one of a consent and channel holds.
CREATE TABLE consent_statements (
  statement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  consent_code text NOT NULL,
  version integer NOT NULL,
  -- By which channel the customer may be reached; empty where the consent names none.
  channel_code text NOT NULL CHECK (length(channel_code) <= 40),
  state text NOT NULL CHECK (state IN ('given', 'withdrawn')),
  -- When it was said, and how: a page of the site, a letter, a call.
  stated_at timestamptz NOT NULL,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 255),
  -- Who passed it on: a client, or the reader themselves.
  by_kind text NOT NULL CHECK (by_kind IN ('client', 'user')),
  by_id text NOT NULL,
  recorded_at timestamptz NOT NULL,
  FOREIGN KEY (publisher_id, customer_number) REFERENCES customers,
  FOREIGN KEY (publisher_id, consent_code, version) REFERENCES consent_texts
);
CREATE INDEX consent_statements_of_customer
  ON consent_statements (publisher_id, customer_number, statement_id);

CREATE FUNCTION refuse_change_of_consents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'texts and statements of consent are only added' USING ERRCODE = 'LV001';
END $$;
CREATE TRIGGER consent_texts_stay_as_they_are BEFORE UPDATE ON consent_texts
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_consents();
CREATE TRIGGER consent_statements_stay_as_they_are BEFORE UPDATE ON consent_statements
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_consents();
