-- What is sold, and the numbers of those who buy.

-- A customer has orders and bills. Which there are, and who each is, stands with the orders and the account.
CREATE SEQUENCE customer_numbers START WITH 1000000;

-- The version moves with every change of a publisher's catalogue; snapshots in memory are compared with it.
CREATE TABLE catalogues (
  publisher_id integer PRIMARY KEY REFERENCES publishers,
  version bigint NOT NULL DEFAULT 1
);

CREATE TABLE products (
  publisher_id integer NOT NULL REFERENCES publishers,
  product_code text NOT NULL CHECK (length(product_code) BETWEEN 1 AND 12),
  company_code text,
  description text NOT NULL,
  product_type text NOT NULL CHECK (product_type IN ('subscription', 'single')),
  price_minor bigint CHECK (price_minor >= 0),
  currency text NOT NULL,
  vat_code text NOT NULL,
  digital boolean NOT NULL DEFAULT true,
  starts_at timestamptz,
  ends_at timestamptz,
  PRIMARY KEY (publisher_id, product_code)
);

-- The original calls an offer a coupon: a code and a number that give price, period and renewal.
CREATE TABLE offers (
  publisher_id integer NOT NULL,
  offer_code text NOT NULL CHECK (length(offer_code) BETWEEN 1 AND 12),
  offer_number integer NOT NULL,
  product_code text NOT NULL,
  description text NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency text NOT NULL,
  period_length integer NOT NULL CHECK (period_length >= 1),
  period_type text NOT NULL CHECK (period_type IN ('days', 'weeks', 'months', 'years')),
  renewal_price_minor bigint,
  renewal_period_length integer,
  renewal_period_type text CHECK (renewal_period_type IN ('days', 'weeks', 'months', 'years')),
  capture_when text NOT NULL DEFAULT 'access' CHECK (capture_when IN ('access', 'start', 'dispatched', 'by hand')),
  marketing jsonb NOT NULL DEFAULT '{}',
  -- The methods that it is sold by; all of them where it is not said.
  payment_methods text[],
  starts_at timestamptz,
  ends_at timestamptz,
  PRIMARY KEY (publisher_id, offer_code, offer_number),
  FOREIGN KEY (publisher_id, product_code) REFERENCES products
);

CREATE TABLE issues (
  publisher_id integer NOT NULL,
  product_code text NOT NULL,
  issue_code text NOT NULL,
  description text NOT NULL,
  published_at timestamptz NOT NULL,
  price_minor bigint CHECK (price_minor >= 0),
  PRIMARY KEY (publisher_id, product_code, issue_code),
  FOREIGN KEY (publisher_id, product_code) REFERENCES products
);

CREATE TABLE articles (
  publisher_id integer NOT NULL REFERENCES publishers,
  article_ref text NOT NULL,
  description text NOT NULL,
  product_code text,
  price_minor bigint CHECK (price_minor >= 0),
  currency text NOT NULL,
  vat_code text NOT NULL,
  PRIMARY KEY (publisher_id, article_ref)
);

-- A category joins products, so that access can be asked or given for all of a type.
CREATE TABLE product_categories (
  publisher_id integer NOT NULL,
  category_type text NOT NULL,
  category_code text NOT NULL,
  product_code text NOT NULL,
  PRIMARY KEY (publisher_id, category_type, category_code, product_code),
  FOREIGN KEY (publisher_id, product_code) REFERENCES products
);
CREATE INDEX product_categories_by_product ON product_categories (publisher_id, product_code);

-- The rate of a VAT code in a country from a moment on, in basis points (25 % = 2500).
CREATE TABLE vat_rates (
  country text NOT NULL,
  vat_code text NOT NULL,
  valid_from timestamptz NOT NULL,
  rate_basis_points integer NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
  PRIMARY KEY (country, vat_code, valid_from)
);
INSERT INTO vat_rates VALUES
  ('NO', 'standard', '2005-01-01+00', 2500), ('NO', 'reduced', '2018-01-01+00', 1200), ('NO', 'press', '2005-01-01+00', 0),
  ('SE', 'standard', '1990-01-01+00', 2500), ('SE', 'reduced', '1996-01-01+00', 600), ('SE', 'press', '2002-01-01+00', 600),
  ('DK', 'standard', '1992-01-01+00', 2500), ('DK', 'reduced', '1992-01-01+00', 2500), ('DK', 'press', '1992-01-01+00', 0),
  ('FI', 'standard', '2024-09-01+00', 2550), ('FI', 'reduced', '2025-01-01+00', 1400), ('FI', 'press', '2013-01-01+00', 1000),
  ('IS', 'standard', '2015-01-01+00', 2400), ('IS', 'reduced', '2015-01-01+00', 1100), ('IS', 'press', '2015-01-01+00', 1100);
