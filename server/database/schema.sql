-- Generated from the migrations by `npm run check -- --fix`; read it, do not edit it.

CREATE SEQUENCE customer_numbers AS bigint START WITH 1000000 INCREMENT BY 1 CACHE 1;

CREATE SEQUENCE delivery_ids AS bigint START WITH 1 INCREMENT BY 1 CACHE 1;

CREATE SEQUENCE event_ids AS bigint START WITH 1 INCREMENT BY 1 CACHE 1;

CREATE SEQUENCE order_ids AS bigint START WITH 100000 INCREMENT BY 1 CACHE 1;

CREATE SEQUENCE payment_outcome_ids AS bigint START WITH 1 INCREMENT BY 1 CACHE 1;

CREATE SEQUENCE subscription_ids AS bigint START WITH 1 INCREMENT BY 1 CACHE 1;

CREATE OR REPLACE FUNCTION public.is_act_kept(publisher integer, happened_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT happened_at > leveret_now() - interval '1 day' * greatest(365, coalesce(
    (SELECT (settings ->> 'keepActsDays')::integer FROM publishers WHERE publisher_id = publisher), 1825))
$function$;

CREATE OR REPLACE FUNCTION public.leveret_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  SELECT statement_timestamp() + (SELECT offset_milliseconds FROM test_clock) * interval '1 millisecond'
$function$;

CREATE OR REPLACE FUNCTION public.refuse_change_of_acts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'acts are only added: % is refused', TG_OP USING ERRCODE = 'LV001';
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_change_of_consents()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'texts and statements of consent are only added' USING ERRCODE = 'LV001';
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_other_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% cannot move from % to %', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = 'LV001';
END $function$;

CREATE OR REPLACE FUNCTION public.stopped_order_needs_money()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (
    SELECT FROM payments JOIN payment_attempts USING (payment_id) JOIN payment_outcomes USING (attempt_id)
    WHERE payments.order_id = NEW.order_id AND payments.purpose = 'order' AND payment_outcomes.carries_money) THEN
    RAISE EXCEPTION 'order % is stopped and no outcome carries money', NEW.order_id USING ERRCODE = 'LV002';
  END IF;
  RETURN NEW;
END $function$;

CREATE TABLE accounts (
  account_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  unique_user_id text NOT NULL,
  state text NOT NULL,
  customer_number bigint,
  password_hash text,
  created_at timestamp with time zone NOT NULL,
  logins_end_at timestamp with time zone,
  CONSTRAINT accounts_pkey PRIMARY KEY (account_id),
  CONSTRAINT accounts_pending_has_no_password CHECK (((state <> 'pending'::text) OR (password_hash IS NULL))),
  CONSTRAINT accounts_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id),
  CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'closed'::text]))),
  CONSTRAINT accounts_unique_user_id_check CHECK ((unique_user_id ~ '^[0-9a-f]{32}$'::text)),
  CONSTRAINT accounts_unique_user_id_key UNIQUE (unique_user_id)
);

CREATE TABLE acts (
  act_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  at timestamp with time zone NOT NULL,
  by_kind text NOT NULL,
  by_id text,
  scope text,
  operation_id text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text,
  order_id bigint,
  customer_number bigint,
  reason text,
  facts json NOT NULL,
  request_id text,
  address cidr,
  CONSTRAINT acts_pkey PRIMARY KEY (act_id),
  CONSTRAINT acts_address_check CHECK ((masklen((address)::inet) <=
CASE family((address)::inet)
    WHEN 4 THEN 24
    ELSE 48
END)),
  CONSTRAINT acts_are_somebodys CHECK (((by_kind = 'command'::text) OR (by_id IS NOT NULL))),
  CONSTRAINT acts_by_kind_check CHECK ((by_kind = ANY (ARRAY['client'::text, 'user'::text, 'staff'::text, 'command'::text]))),
  CONSTRAINT acts_reason_check CHECK ((length(reason) <= 2000))
);

CREATE TABLE articles (
  publisher_id integer NOT NULL,
  article_ref text NOT NULL,
  description text NOT NULL,
  product_code text,
  price_minor bigint,
  currency text NOT NULL,
  vat_code text NOT NULL,
  CONSTRAINT articles_pkey PRIMARY KEY (publisher_id, article_ref),
  CONSTRAINT articles_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT articles_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE attempt_counters (
  counter text NOT NULL,
  attempted_at timestamp with time zone NOT NULL,
  attempts integer NOT NULL,
  CONSTRAINT attempt_counters_pkey PRIMARY KEY (counter, attempted_at)
);

CREATE TABLE cases (
  case_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  attempt_id bigint,
  operation_id bigint,
  kind text NOT NULL,
  state text NOT NULL,
  outcome text,
  evidence text,
  resolved_by text,
  opened_at timestamp with time zone NOT NULL,
  resolved_at timestamp with time zone,
  withdrawal_id bigint,
  CONSTRAINT cases_pkey PRIMARY KEY (case_id),
  CONSTRAINT cases_outcome_check CHECK ((outcome = ANY (ARRAY['paid'::text, 'not_paid'::text, 'given_back'::text, 'again'::text, 'accepted'::text, 'refused'::text, 'dismissed'::text, 'by_provider'::text]))) NOT VALID,
  CONSTRAINT cases_resolved_has_outcome CHECK (((state = 'resolved'::text) = ((resolved_at IS NOT NULL) AND (outcome IS NOT NULL)))),
  CONSTRAINT cases_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text])))
);

CREATE TABLE catalogues (
  publisher_id integer NOT NULL,
  version bigint DEFAULT 1 NOT NULL,
  CONSTRAINT catalogues_pkey PRIMARY KEY (publisher_id),
  CONSTRAINT catalogues_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE charged_mobiles (
  publisher_id integer NOT NULL,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  mobile_key bytea NOT NULL,
  first_charged_at timestamp with time zone NOT NULL,
  CONSTRAINT charged_mobiles_pkey PRIMARY KEY (publisher_id, adapter, merchant_id, mobile_key)
);

CREATE TABLE checkout_texts (
  publisher_id integer NOT NULL,
  text_sha256 bytea NOT NULL,
  text text NOT NULL,
  CONSTRAINT checkout_texts_pkey PRIMARY KEY (publisher_id, text_sha256),
  CONSTRAINT checkout_texts_text_sha256_check CHECK ((length(text_sha256) = 32))
);

CREATE TABLE client_secrets (
  client_id text NOT NULL,
  slot smallint NOT NULL,
  secret_sha256 bytea NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  expires_at timestamp with time zone,
  CONSTRAINT client_secrets_pkey PRIMARY KEY (client_id, slot),
  CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients(client_id),
  CONSTRAINT client_secrets_slot_check CHECK ((slot = ANY (ARRAY[1, 2])))
);

CREATE TABLE clients (
  client_id text NOT NULL,
  publisher_id integer NOT NULL,
  name text NOT NULL,
  profile text DEFAULT 'original'::text NOT NULL,
  scopes text[] NOT NULL,
  return_addresses jsonb DEFAULT '[]'::jsonb NOT NULL,
  settings jsonb DEFAULT '{}'::jsonb NOT NULL,
  revocation_number integer DEFAULT 0 NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  disabled_at timestamp with time zone,
  CONSTRAINT clients_pkey PRIMARY KEY (client_id),
  CONSTRAINT clients_profile_check CHECK ((profile = ANY (ARRAY['original'::text, 'strict'::text]))),
  CONSTRAINT clients_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE consent_statements (
  statement_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  consent_code text NOT NULL,
  version integer NOT NULL,
  channel_code text NOT NULL,
  state text NOT NULL,
  stated_at timestamp with time zone NOT NULL,
  source text NOT NULL,
  by_kind text NOT NULL,
  by_id text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT consent_statements_pkey PRIMARY KEY (statement_id),
  CONSTRAINT consent_statements_by_kind_check CHECK ((by_kind = ANY (ARRAY['client'::text, 'user'::text, 'command'::text]))) NOT VALID,
  CONSTRAINT consent_statements_channel_code_check CHECK ((length(channel_code) <= 40)),
  CONSTRAINT consent_statements_publisher_id_consent_code_version_fkey FOREIGN KEY (publisher_id, consent_code, version) REFERENCES consent_texts(publisher_id, consent_code, version),
  CONSTRAINT consent_statements_publisher_id_customer_number_fkey FOREIGN KEY (publisher_id, customer_number) REFERENCES customers(publisher_id, customer_number),
  CONSTRAINT consent_statements_source_check CHECK (((length(source) >= 1) AND (length(source) <= 255))),
  CONSTRAINT consent_statements_state_check CHECK ((state = ANY (ARRAY['given'::text, 'withdrawn'::text])))
);

CREATE TABLE consent_texts (
  publisher_id integer NOT NULL,
  consent_code text NOT NULL,
  version integer NOT NULL,
  text text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT consent_texts_pkey PRIMARY KEY (publisher_id, consent_code, version),
  CONSTRAINT consent_texts_consent_code_check CHECK (((length(consent_code) >= 1) AND (length(consent_code) <= 40))),
  CONSTRAINT consent_texts_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id),
  CONSTRAINT consent_texts_text_check CHECK (((length(text) >= 1) AND (length(text) <= 5000))),
  CONSTRAINT consent_texts_version_check CHECK ((version >= 1))
);

CREATE TABLE credentials (
  publisher_id integer NOT NULL,
  credential_key bytea NOT NULL,
  kind text NOT NULL,
  credential text NOT NULL,
  account_id bigint NOT NULL,
  proven_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  last_proven_at timestamp with time zone,
  held_since timestamp with time zone,
  CONSTRAINT credentials_pkey PRIMARY KEY (publisher_id, credential_key),
  CONSTRAINT credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  CONSTRAINT credentials_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'mobile'::text]))),
  CONSTRAINT credentials_proofs_have_both_times CHECK (((proven_at IS NULL) = (last_proven_at IS NULL))) NOT VALID
);

CREATE TABLE customer_addresses (
  address_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  products text[],
  address json NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  CONSTRAINT customer_addresses_pkey PRIMARY KEY (address_id),
  CONSTRAINT customer_addresses_check CHECK ((ends_at > starts_at)),
  CONSTRAINT customer_addresses_home_has_no_end CHECK (((products IS NOT NULL) OR (ends_at IS NULL))),
  CONSTRAINT customer_addresses_products_check CHECK ((cardinality(products) > 0)),
  CONSTRAINT customer_addresses_publisher_id_customer_number_fkey FOREIGN KEY (publisher_id, customer_number) REFERENCES customers(publisher_id, customer_number)
);

CREATE TABLE customer_contacts (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  contact_key bytea NOT NULL,
  CONSTRAINT customer_contacts_pkey PRIMARY KEY (publisher_id, contact_key, customer_number),
  CONSTRAINT customer_contacts_publisher_id_customer_number_fkey FOREIGN KEY (publisher_id, customer_number) REFERENCES customers(publisher_id, customer_number)
);

CREATE TABLE customers (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  details json NOT NULL,
  registered_at timestamp with time zone NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  is_said boolean DEFAULT true NOT NULL,
  carried_at timestamp with time zone,
  CONSTRAINT customers_pkey PRIMARY KEY (publisher_id, customer_number),
  CONSTRAINT customers_customer_number_check CHECK ((customer_number > 0)),
  CONSTRAINT customers_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE dead_jobs (
  job_id bigint NOT NULL,
  lane text NOT NULL,
  name text NOT NULL,
  key text,
  publisher_id integer,
  arguments json NOT NULL,
  failures integer NOT NULL,
  last_error text,
  created_at timestamp with time zone NOT NULL,
  died_at timestamp with time zone NOT NULL,
  CONSTRAINT dead_jobs_pkey PRIMARY KEY (job_id)
);

CREATE TABLE deliveries (
  delivery_id bigint DEFAULT nextval('delivery_ids'::regclass) NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  kind text NOT NULL,
  endpoint_id bigint,
  client_id text,
  url text NOT NULL,
  host text NOT NULL,
  event_name text NOT NULL,
  sequence integer,
  body json NOT NULL,
  state text NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  failures integer DEFAULT 0 NOT NULL,
  next_try_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  queued_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  failed_at timestamp with time zone,
  CONSTRAINT deliveries_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT deliveries_callback_has_order CHECK (((kind = 'webhook'::text) OR ((order_id IS NOT NULL) AND (sequence IS NOT NULL)))),
  CONSTRAINT deliveries_failed_has_time CHECK (((state = 'failed'::text) = (failed_at IS NOT NULL))),
  CONSTRAINT deliveries_kind_check CHECK ((kind = ANY (ARRAY['callback'::text, 'webhook'::text]))),
  CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text]))),
  CONSTRAINT deliveries_waiting_has_no_end CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  CONSTRAINT deliveries_webhook_has_endpoint CHECK (((kind = 'webhook'::text) = (endpoint_id IS NOT NULL)))
) WITH (fillfactor=85);

CREATE TABLE delivery_tries (
  delivery_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  try_number integer NOT NULL,
  outcome text NOT NULL,
  status integer,
  milliseconds integer NOT NULL,
  reply text,
  tried_at timestamp with time zone NOT NULL,
  CONSTRAINT delivery_tries_pkey PRIMARY KEY (delivery_id, try_number, tried_at)
) PARTITION BY RANGE (tried_at);

CREATE TABLE erased_customers (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  erased_at timestamp with time zone NOT NULL,
  CONSTRAINT erased_customers_pkey PRIMARY KEY (publisher_id, customer_number)
);

CREATE TABLE events (
  event_id bigint DEFAULT nextval('event_ids'::regclass) NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  name text NOT NULL,
  version smallint DEFAULT 1 NOT NULL,
  facts json NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (publisher_id, occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);

CREATE TABLE external_references (
  publisher_id integer NOT NULL,
  customer_number bigint NOT NULL,
  reference_code text NOT NULL,
  external_id text NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT external_references_pkey PRIMARY KEY (publisher_id, customer_number, reference_code),
  CONSTRAINT external_references_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 16))),
  CONSTRAINT external_references_publisher_id_customer_number_fkey FOREIGN KEY (publisher_id, customer_number) REFERENCES customers(publisher_id, customer_number),
  CONSTRAINT external_references_reference_code_check CHECK (((length(reference_code) >= 1) AND (length(reference_code) <= 40))),
  CONSTRAINT external_references_stand_for_one UNIQUE (publisher_id, reference_code, external_id)
);

CREATE TABLE grants (
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  kind text NOT NULL,
  period_number integer DEFAULT 0 NOT NULL,
  product_code text,
  issue_code text,
  article_ref text,
  category_type text,
  of_receiver boolean DEFAULT false NOT NULL,
  account_id bigint,
  mobile_key bytea,
  email_key bytea,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_reason text,
  CONSTRAINT grants_pkey PRIMARY KEY (order_id, line_number, kind, period_number),
  CONSTRAINT grants_are_for_something CHECK (((product_code IS NOT NULL) OR (category_type IS NOT NULL) OR (article_ref IS NOT NULL))),
  CONSTRAINT grants_end_after_start CHECK (((ends_at IS NULL) OR (ends_at >= starts_at))),
  CONSTRAINT grants_kind_check CHECK ((kind = ANY (ARRAY['temporary'::text, 'bought'::text])))
);

CREATE TABLE idempotency_keys (
  client_id text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  reply_status smallint,
  reply json,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (client_id, operation, key)
);

CREATE TABLE installation (
  only_row boolean DEFAULT true NOT NULL,
  mode text NOT NULL,
  marked_at timestamp with time zone NOT NULL,
  CONSTRAINT installation_pkey PRIMARY KEY (only_row),
  CONSTRAINT installation_mode_check CHECK ((mode = ANY (ARRAY['sandbox'::text, 'live'::text]))),
  CONSTRAINT installation_only_row_check CHECK (only_row)
);

CREATE TABLE invoice_number_counters (
  publisher_id integer NOT NULL,
  last_number bigint NOT NULL,
  CONSTRAINT invoice_number_counters_pkey PRIMARY KEY (publisher_id)
);

CREATE TABLE invoices (
  invoice_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  customer_number bigint NOT NULL,
  state text NOT NULL,
  invoice_number bigint,
  amount_minor bigint NOT NULL,
  credited_minor bigint DEFAULT 0 NOT NULL,
  currency text NOT NULL,
  kid text,
  drafted_at timestamp with time zone NOT NULL,
  issued_at timestamp with time zone,
  due_on date,
  CONSTRAINT invoices_pkey PRIMARY KEY (invoice_id),
  CONSTRAINT invoices_check CHECK (((credited_minor >= 0) AND (credited_minor <= amount_minor))),
  CONSTRAINT invoices_issued_has_number CHECK (
CASE state
    WHEN 'draft'::text THEN (invoice_number IS NULL)
    WHEN 'issued'::text THEN (invoice_number IS NOT NULL)
    ELSE (credited_minor = amount_minor)
END),
  CONSTRAINT invoices_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(order_id),
  CONSTRAINT invoices_order_id_key UNIQUE (order_id),
  CONSTRAINT invoices_publisher_id_invoice_number_key UNIQUE (publisher_id, invoice_number),
  CONSTRAINT invoices_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'issued'::text, 'credited'::text])))
);

CREATE TABLE issues (
  publisher_id integer NOT NULL,
  product_code text NOT NULL,
  issue_code text NOT NULL,
  description text NOT NULL,
  published_at timestamp with time zone NOT NULL,
  price_minor bigint,
  CONSTRAINT issues_pkey PRIMARY KEY (publisher_id, product_code, issue_code),
  CONSTRAINT issues_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT issues_publisher_id_product_code_fkey FOREIGN KEY (publisher_id, product_code) REFERENCES products(publisher_id, product_code)
);

CREATE TABLE jobs (
  job_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  lane text NOT NULL,
  name text NOT NULL,
  key text,
  publisher_id integer,
  arguments json NOT NULL,
  run_at timestamp with time zone NOT NULL,
  leased_until timestamp with time zone,
  generation integer DEFAULT 0 NOT NULL,
  asked_again_at timestamp with time zone,
  failures integer DEFAULT 0 NOT NULL,
  last_error text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT jobs_pkey PRIMARY KEY (job_id)
) WITH (fillfactor=80, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_cost_delay=0);

CREATE TABLE kept_buyers (
  order_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  buyer json NOT NULL,
  kept_until timestamp with time zone NOT NULL,
  CONSTRAINT kept_buyers_pkey PRIMARY KEY (order_id),
  CONSTRAINT kept_buyers_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(order_id)
);

CREATE TABLE login_links (
  link_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  order_id bigint,
  credential_kind text NOT NULL,
  credential text NOT NULL,
  credential_key bytea NOT NULL,
  purpose text NOT NULL,
  cause text DEFAULT 'order'::text NOT NULL,
  moved_from bigint,
  key_id text NOT NULL,
  token_sha256 bytea NOT NULL,
  asked_nonce_sha256 bytea,
  return_url text,
  error_url text,
  expires_at timestamp with time zone NOT NULL,
  code_expires_at timestamp with time zone NOT NULL,
  code_tries smallint DEFAULT 0 NOT NULL,
  spent_at timestamp with time zone,
  spent_nonce_sha256 bytea,
  ended_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT login_links_pkey PRIMARY KEY (link_id),
  CONSTRAINT login_links_cause_check CHECK ((cause = ANY (ARRAY['order'::text, 'client'::text, 'reader'::text, 'stranger'::text, 'support'::text]))),
  CONSTRAINT login_links_credential_kind_check CHECK ((credential_kind = ANY (ARRAY['email'::text, 'mobile'::text]))),
  CONSTRAINT login_links_purpose_check CHECK ((purpose = ANY (ARRAY['login'::text, 'code'::text]))),
  CONSTRAINT login_links_token_sha256_key UNIQUE (token_sha256)
);

CREATE TABLE messages (
  message_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  link_id bigint,
  template text NOT NULL,
  channel text NOT NULL,
  language text NOT NULL,
  destination text NOT NULL,
  facts jsonb DEFAULT '{}'::jsonb NOT NULL,
  cause text DEFAULT 'order'::text NOT NULL,
  reference text NOT NULL,
  provider_id text,
  state text NOT NULL,
  reason text,
  tries integer DEFAULT 0 NOT NULL,
  expires_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  CONSTRAINT messages_pkey PRIMARY KEY (message_id),
  CONSTRAINT messages_cause_check CHECK ((cause = ANY (ARRAY['order'::text, 'client'::text, 'reader'::text, 'stranger'::text, 'owner'::text, 'support'::text]))),
  CONSTRAINT messages_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  CONSTRAINT messages_link_id_fkey FOREIGN KEY (link_id) REFERENCES login_links(link_id),
  CONSTRAINT messages_reference_key UNIQUE (reference),
  CONSTRAINT messages_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'delivered'::text, 'unknown'::text, 'failed'::text])))
);

CREATE TABLE nodes (
  node_id text NOT NULL,
  key_ids bytea[] DEFAULT '{}'::bytea[] NOT NULL,
  started_at timestamp with time zone DEFAULT now() NOT NULL,
  seen_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT nodes_pkey PRIMARY KEY (node_id)
);

CREATE TABLE oauth_records (
  model text NOT NULL,
  record_id text NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  consumed_at timestamp with time zone,
  expires_at timestamp with time zone,
  session_uid text,
  CONSTRAINT oauth_records_pkey PRIMARY KEY (model, record_id)
);

CREATE TABLE offers (
  publisher_id integer NOT NULL,
  offer_code text NOT NULL,
  offer_number integer NOT NULL,
  product_code text NOT NULL,
  description text NOT NULL,
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  period_length integer NOT NULL,
  period_type text NOT NULL,
  renewal_price_minor bigint,
  renewal_period_length integer,
  renewal_period_type text,
  capture_when text DEFAULT 'access'::text NOT NULL,
  marketing jsonb DEFAULT '{}'::jsonb NOT NULL,
  payment_methods text[],
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  least_term integer,
  CONSTRAINT offers_pkey PRIMARY KEY (publisher_id, offer_code, offer_number),
  CONSTRAINT offers_capture_when_check CHECK ((capture_when = ANY (ARRAY['access'::text, 'start'::text, 'dispatched'::text, 'by hand'::text]))),
  CONSTRAINT offers_least_term_check CHECK (((least_term >= 1) AND (least_term <= 100))),
  CONSTRAINT offers_offer_code_check CHECK (((length(offer_code) >= 1) AND (length(offer_code) <= 12))),
  CONSTRAINT offers_period_length_check CHECK ((period_length >= 1)),
  CONSTRAINT offers_period_type_check CHECK ((period_type = ANY (ARRAY['days'::text, 'weeks'::text, 'months'::text, 'years'::text]))),
  CONSTRAINT offers_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT offers_publisher_id_product_code_fkey FOREIGN KEY (publisher_id, product_code) REFERENCES products(publisher_id, product_code),
  CONSTRAINT offers_renewal_period_type_check CHECK ((renewal_period_type = ANY (ARRAY['days'::text, 'weeks'::text, 'months'::text, 'years'::text])))
);

CREATE TABLE order_assignments (
  order_id bigint NOT NULL,
  account_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  assigned_by text NOT NULL,
  assigned_at timestamp with time zone NOT NULL,
  CONSTRAINT order_assignments_pkey PRIMARY KEY (order_id, account_id, assigned_at),
  CONSTRAINT order_assignments_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  CONSTRAINT order_assignments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(order_id)
);

CREATE TABLE order_checkouts (
  checkout_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  attempt_id bigint,
  text_version text NOT NULL,
  text_sha256 bytea NOT NULL,
  language text NOT NULL,
  payment_method text,
  amount_minor bigint NOT NULL,
  early_start boolean NOT NULL,
  pressed_at timestamp with time zone NOT NULL,
  CONSTRAINT order_checkouts_pkey PRIMARY KEY (checkout_id),
  CONSTRAINT order_checkouts_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT order_checkouts_text_sha256_check CHECK ((length(text_sha256) = 32))
);

CREATE TABLE order_completions (
  order_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  callback_url text,
  credential text,
  credential_kind text,
  credential_key bytea,
  return_url text,
  error_url text,
  link_lifetime_seconds integer,
  asked_at timestamp with time zone NOT NULL,
  CONSTRAINT order_completions_pkey PRIMARY KEY (order_id),
  CONSTRAINT order_completions_credential_kind_check CHECK ((credential_kind = ANY (ARRAY['email'::text, 'mobile'::text])))
);

CREATE TABLE order_expiry (
  only_row boolean DEFAULT true NOT NULL,
  ended_until timestamp with time zone NOT NULL,
  CONSTRAINT order_expiry_pkey PRIMARY KEY (only_row),
  CONSTRAINT order_expiry_only_row_check CHECK (only_row)
);

CREATE TABLE order_lines (
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  publisher_id integer NOT NULL,
  spec_type text NOT NULL,
  offer_code text,
  offer_number integer,
  product_code text,
  issue_code text,
  article_ref text,
  description text NOT NULL,
  quantity integer NOT NULL,
  unit_price_minor bigint NOT NULL,
  discount_minor bigint DEFAULT 0 NOT NULL,
  amount_minor bigint NOT NULL,
  vat_basis_points integer NOT NULL,
  vat_minor bigint NOT NULL,
  capture_when text DEFAULT 'access'::text NOT NULL,
  period_length integer,
  period_type text,
  allow_access_product text,
  allow_access_category_type text,
  allow_access_seconds integer,
  starts_at timestamp with time zone,
  receiver_mobile_key bytea,
  receiver_email_key bytea,
  ended_reason text,
  refunded_minor bigint DEFAULT 0 NOT NULL,
  attributes json DEFAULT '{}'::json NOT NULL,
  CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line_number),
  CONSTRAINT order_lines_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT order_lines_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= amount_minor))),
  CONSTRAINT order_lines_quantity_check CHECK (((quantity >= 1) AND (quantity <= 10000))),
  CONSTRAINT order_lines_spec_type_check CHECK ((spec_type = ANY (ARRAY['coupon'::text, 'product'::text, 'issue'::text, 'article'::text])))
);

CREATE TABLE order_parties (
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  publisher_id integer NOT NULL,
  party json NOT NULL,
  mobile text,
  mobile_key bytea,
  email text,
  email_key bytea,
  CONSTRAINT order_parties_pkey PRIMARY KEY (order_id, line_number)
);

CREATE TABLE orders (
  order_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  state text NOT NULL,
  is_paying boolean GENERATED ALWAYS AS (
CASE
    WHEN (state = 'paying'::text) THEN true
    ELSE NULL::boolean
END) STORED,
  stopped_reason text,
  external_order_id text,
  customer_number bigint NOT NULL,
  account_id bigint,
  payment_method text,
  prepaid boolean NOT NULL,
  recurring boolean NOT NULL,
  merchant_id text,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  attributes json DEFAULT '{}'::json NOT NULL,
  ordered_at timestamp with time zone NOT NULL,
  registered_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  cancel_asked_at timestamp with time zone,
  ended_at timestamp with time zone,
  early_start boolean,
  CONSTRAINT orders_pkey PRIMARY KEY (order_id),
  CONSTRAINT orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  CONSTRAINT orders_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT orders_ended_has_time CHECK (((state = ANY (ARRAY['completed'::text, 'stopped'::text])) = (ended_at IS NOT NULL))),
  CONSTRAINT orders_state_check CHECK ((state = ANY (ARRAY['registered'::text, 'paying'::text, 'completed'::text, 'stopped'::text]))),
  CONSTRAINT orders_stopped_has_reason CHECK (((state = 'stopped'::text) = (stopped_reason IS NOT NULL))),
  CONSTRAINT orders_stopped_reason_check CHECK ((stopped_reason = ANY (ARRAY['expired'::text, 'cancelled'::text, 'payment_failed'::text])))
) WITH (fillfactor=50);

CREATE TABLE page_payments (
  payment_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  payment_method text NOT NULL,
  recurring boolean NOT NULL,
  return_url text NOT NULL,
  page_state text NOT NULL,
  is_captured boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT page_payments_pkey PRIMARY KEY (payment_id),
  CONSTRAINT page_payments_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(payment_id)
);

CREATE TABLE payment_agreements (
  agreement_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  attempt_id bigint,
  adapter text NOT NULL,
  merchant_id text NOT NULL,
  token_sealed bytea NOT NULL,
  token_key bytea NOT NULL,
  state text NOT NULL,
  stop_wanted_at timestamp with time zone,
  stop_cause text,
  next_check_at timestamp with time zone DEFAULT now() NOT NULL,
  created_at timestamp with time zone NOT NULL,
  stopped_at timestamp with time zone,
  CONSTRAINT payment_agreements_pkey PRIMARY KEY (agreement_id),
  CONSTRAINT payment_agreements_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES payment_attempts(attempt_id),
  CONSTRAINT payment_agreements_attempt_id_key UNIQUE (attempt_id),
  CONSTRAINT payment_agreements_state_check CHECK ((state = ANY (ARRAY['active'::text, 'stopped'::text]))),
  CONSTRAINT payment_agreements_stop_cause_check CHECK ((stop_cause = ANY (ARRAY['order stopped'::text, 'refunded'::text, 'not paid by it'::text, 'reader'::text]))),
  CONSTRAINT payment_agreements_stop_has_cause CHECK (((stop_wanted_at IS NULL) = (stop_cause IS NULL))),
  CONSTRAINT payment_agreements_stopped_has_time CHECK (((state = 'stopped'::text) = (stopped_at IS NOT NULL)))
);

CREATE TABLE payment_attempts (
  attempt_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  payment_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  adapter text NOT NULL,
  merchant_id text DEFAULT ''::text NOT NULL,
  reference text NOT NULL,
  notice_token text NOT NULL,
  flow text DEFAULT 'direct'::text NOT NULL,
  guest_id text,
  held_until timestamp with time zone,
  buyer_step jsonb,
  return_page text,
  agreed jsonb,
  pinned jsonb DEFAULT '{}'::jsonb NOT NULL,
  provider_id text,
  state text NOT NULL,
  reason text,
  buyer_reason text,
  authorized_minor bigint DEFAULT 0 NOT NULL,
  captured_minor bigint DEFAULT 0 NOT NULL,
  refunded_minor bigint DEFAULT 0 NOT NULL,
  cancelled_minor bigint DEFAULT 0 NOT NULL,
  capture_before timestamp with time zone,
  attention text,
  asked_count integer DEFAULT 0 NOT NULL,
  report_due_at timestamp with time zone,
  last_evidence_at timestamp with time zone,
  unresolvable_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  refunded_manually_minor bigint DEFAULT 0 NOT NULL,
  CONSTRAINT payment_attempts_pkey PRIMARY KEY (attempt_id),
  CONSTRAINT payment_attempts_attention_check CHECK ((attention = ANY (ARRAY['action required'::text, 'fraud reversed'::text, 'authorization lost'::text, 'disputed'::text]))),
  CONSTRAINT payment_attempts_authorized_minor_check CHECK ((authorized_minor >= 0)),
  CONSTRAINT payment_attempts_cancelled_minor_check CHECK ((cancelled_minor >= 0)),
  CONSTRAINT payment_attempts_captured_minor_check CHECK ((captured_minor >= 0)),
  CONSTRAINT payment_attempts_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= captured_minor))),
  CONSTRAINT payment_attempts_flow_check CHECK ((flow = ANY (ARRAY['browser'::text, 'direct'::text]))),
  CONSTRAINT payment_attempts_manual_refunds_are_refunds CHECK (((refunded_manually_minor >= 0) AND (refunded_manually_minor <= refunded_minor))) NOT VALID,
  CONSTRAINT payment_attempts_notice_token_key UNIQUE (notice_token),
  CONSTRAINT payment_attempts_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(payment_id),
  CONSTRAINT payment_attempts_state_check CHECK ((state = ANY (ARRAY['created'::text, 'sent'::text, 'pending'::text, 'unknown'::text, 'secured'::text, 'declined'::text, 'aborted'::text, 'expired'::text, 'discarded'::text])))
);

CREATE TABLE payment_keys (
  payment_id bigint NOT NULL,
  sealed_key bytea,
  CONSTRAINT payment_keys_pkey PRIMARY KEY (payment_id),
  CONSTRAINT payment_keys_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(payment_id)
);

CREATE TABLE payment_method_settings (
  publisher_id integer NOT NULL,
  adapter text NOT NULL,
  merchant_id text DEFAULT ''::text NOT NULL,
  settings jsonb NOT NULL,
  sealed_secrets bytea,
  notices jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT payment_method_settings_pkey PRIMARY KEY (publisher_id, adapter, merchant_id),
  CONSTRAINT payment_method_settings_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE payment_operations (
  operation_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  attempt_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  kind text NOT NULL,
  reference text NOT NULL,
  amount_minor bigint NOT NULL,
  vat_minor bigint DEFAULT 0 NOT NULL,
  line_numbers smallint[],
  line_amounts bigint[],
  cause text,
  code text,
  due_at timestamp with time zone,
  state text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone,
  ended_at timestamp with time zone,
  CONSTRAINT payment_operations_pkey PRIMARY KEY (operation_id),
  CONSTRAINT payment_operations_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES payment_attempts(attempt_id),
  CONSTRAINT payment_operations_check CHECK (((amount_minor > 0) OR ((kind = 'authorize'::text) AND (amount_minor = 0)))),
  CONSTRAINT payment_operations_each_line_has_amount CHECK ((cardinality(line_numbers) = cardinality(line_amounts))),
  CONSTRAINT payment_operations_kind_check CHECK ((kind = ANY (ARRAY['authorize'::text, 'charge'::text, 'capture'::text, 'cancel'::text, 'refund'::text]))),
  CONSTRAINT payment_operations_lines_have_amounts CHECK (((line_numbers IS NULL) = (line_amounts IS NULL))),
  CONSTRAINT payment_operations_reference_key UNIQUE (reference),
  CONSTRAINT payment_operations_state_check CHECK ((state = ANY (ARRAY['created'::text, 'sent'::text, 'succeeded'::text, 'failed'::text, 'unknown'::text, 'by_hand'::text])))
);

CREATE TABLE payment_outcomes (
  outcome_id bigint DEFAULT nextval('payment_outcome_ids'::regclass) NOT NULL,
  attempt_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  operation_id bigint,
  source text NOT NULL,
  meaning text NOT NULL,
  code text,
  carries_money boolean NOT NULL,
  applied boolean NOT NULL,
  raw_sealed bytea,
  read_at timestamp with time zone NOT NULL,
  CONSTRAINT payment_outcomes_pkey PRIMARY KEY (outcome_id, read_at),
  CONSTRAINT payment_outcomes_meaning_check CHECK ((meaning = ANY (ARRAY['pending'::text, 'unknown'::text, 'secured'::text, 'declined'::text, 'aborted'::text, 'expired'::text, 'refunded'::text, 'not_sent'::text, 'succeeded'::text, 'failed'::text]))),
  CONSTRAINT payment_outcomes_source_check CHECK ((source = ANY (ARRAY['answer'::text, 'notice'::text, 'question'::text, 'person'::text])))
) PARTITION BY RANGE (read_at);

CREATE TABLE payments (
  payment_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  purpose text NOT NULL,
  order_id bigint,
  invoice_id bigint,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  authorized_minor bigint DEFAULT 0 NOT NULL,
  captured_minor bigint DEFAULT 0 NOT NULL,
  refunded_minor bigint DEFAULT 0 NOT NULL,
  cancelled_minor bigint DEFAULT 0 NOT NULL,
  disputed_minor bigint DEFAULT 0 NOT NULL,
  flow text DEFAULT 'direct'::text NOT NULL,
  is_method_open boolean DEFAULT false NOT NULL,
  is_of_guests boolean DEFAULT false NOT NULL,
  to_confirm boolean DEFAULT false NOT NULL,
  window_ends_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT payments_pkey PRIMARY KEY (payment_id),
  CONSTRAINT payments_amount_minor_check CHECK ((amount_minor >= 0)),
  CONSTRAINT payments_authorized_minor_check CHECK ((authorized_minor >= 0)),
  CONSTRAINT payments_cancelled_minor_check CHECK ((cancelled_minor >= 0)),
  CONSTRAINT payments_captured_minor_check CHECK ((captured_minor >= 0)),
  CONSTRAINT payments_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= captured_minor))),
  CONSTRAINT payments_disputed_minor_check CHECK ((disputed_minor >= 0)),
  CONSTRAINT payments_flow_check CHECK ((flow = ANY (ARRAY['browser'::text, 'direct'::text]))),
  CONSTRAINT payments_invoice_has_id CHECK (((purpose = 'invoice'::text) = (invoice_id IS NOT NULL))),
  CONSTRAINT payments_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices(invoice_id),
  CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(order_id),
  CONSTRAINT payments_purpose_check CHECK ((purpose = ANY (ARRAY['order'::text, 'renewal'::text, 'invoice'::text, 'method'::text]))),
  CONSTRAINT payments_renewal_has_order CHECK (((purpose <> 'renewal'::text) OR (order_id IS NOT NULL)))
);

CREATE TABLE prepayments (
  order_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  payment_method text NOT NULL,
  provider text NOT NULL,
  transaction_id text NOT NULL,
  content_sha256 bytea NOT NULL,
  evidence jsonb NOT NULL,
  released_at timestamp with time zone,
  CONSTRAINT prepayments_pkey PRIMARY KEY (order_id),
  CONSTRAINT prepayments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(order_id)
);

CREATE TABLE product_categories (
  publisher_id integer NOT NULL,
  category_type text NOT NULL,
  category_code text NOT NULL,
  product_code text NOT NULL,
  CONSTRAINT product_categories_pkey PRIMARY KEY (publisher_id, category_type, category_code, product_code),
  CONSTRAINT product_categories_publisher_id_product_code_fkey FOREIGN KEY (publisher_id, product_code) REFERENCES products(publisher_id, product_code)
);

CREATE TABLE products (
  publisher_id integer NOT NULL,
  product_code text NOT NULL,
  company_code text,
  description text NOT NULL,
  product_type text NOT NULL,
  price_minor bigint,
  currency text NOT NULL,
  vat_code text NOT NULL,
  digital boolean DEFAULT true NOT NULL,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  CONSTRAINT products_pkey PRIMARY KEY (publisher_id, product_code),
  CONSTRAINT products_price_minor_check CHECK ((price_minor >= 0)),
  CONSTRAINT products_product_code_check CHECK (((length(product_code) >= 1) AND (length(product_code) <= 12))),
  CONSTRAINT products_product_type_check CHECK ((product_type = ANY (ARRAY['subscription'::text, 'single'::text]))),
  CONSTRAINT products_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE prune_marks (
  name text NOT NULL,
  last_id bigint NOT NULL,
  CONSTRAINT prune_marks_pkey PRIMARY KEY (name)
);

CREATE TABLE publishers (
  publisher_id integer GENERATED BY DEFAULT AS IDENTITY NOT NULL,
  name text NOT NULL,
  time_zone text NOT NULL,
  country text NOT NULL,
  currency text NOT NULL,
  locale text NOT NULL,
  owner_email text,
  settings jsonb DEFAULT '{}'::jsonb NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT publishers_pkey PRIMARY KEY (publisher_id),
  CONSTRAINT publishers_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  CONSTRAINT publishers_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);

CREATE TABLE schedules (
  name text NOT NULL,
  next_at timestamp with time zone NOT NULL,
  CONSTRAINT schedules_pkey PRIMARY KEY (name)
);

CREATE TABLE schema_migrations (
  name text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT schema_migrations_pkey PRIMARY KEY (name)
);

CREATE TABLE sealed_keys (
  key_id text NOT NULL,
  purpose text NOT NULL,
  publisher_id integer,
  sealed bytea NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  retired_at timestamp with time zone,
  CONSTRAINT sealed_keys_pkey PRIMARY KEY (key_id),
  CONSTRAINT sealed_keys_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE sessions (
  session_sha256 bytea NOT NULL,
  publisher_id integer NOT NULL,
  account_id bigint NOT NULL,
  strength text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  session_uid uuid DEFAULT gen_random_uuid() NOT NULL,
  authenticated_at timestamp with time zone NOT NULL,
  CONSTRAINT sessions_pkey PRIMARY KEY (session_sha256),
  CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(account_id),
  CONSTRAINT sessions_strength_check CHECK ((strength = ANY (ARRAY['link'::text, 'code'::text])))
);

CREATE TABLE sms_warnings (
  publisher_id integer NOT NULL,
  warned_at timestamp with time zone NOT NULL,
  CONSTRAINT sms_warnings_pkey PRIMARY KEY (publisher_id),
  CONSTRAINT sms_warnings_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE strangers_sms_warnings (
  publisher_id integer NOT NULL,
  warned_at timestamp with time zone NOT NULL,
  CONSTRAINT strangers_sms_warnings_pkey PRIMARY KEY (publisher_id),
  CONSTRAINT strangers_sms_warnings_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE subscription_periods (
  subscription_id bigint NOT NULL,
  period_number integer NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  CONSTRAINT subscription_periods_pkey PRIMARY KEY (subscription_id, period_number),
  CONSTRAINT subscription_periods_check CHECK ((ends_at > starts_at))
);

CREATE TABLE subscriptions (
  subscription_id bigint NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_number smallint NOT NULL,
  customer_number bigint NOT NULL,
  product_code text NOT NULL,
  offer_code text NOT NULL,
  offer_number integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  stopped_at timestamp with time zone,
  CONSTRAINT subscriptions_pkey PRIMARY KEY (subscription_id),
  CONSTRAINT subscriptions_order_id_line_number_key UNIQUE (order_id, line_number)
);

CREATE TABLE test_clock (
  only_row boolean DEFAULT true NOT NULL,
  offset_milliseconds bigint DEFAULT 0 NOT NULL,
  CONSTRAINT test_clock_pkey PRIMARY KEY (only_row),
  CONSTRAINT test_clock_only_row_check CHECK (only_row)
);

CREATE TABLE vat_rates (
  country text NOT NULL,
  vat_code text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  rate_basis_points integer NOT NULL,
  CONSTRAINT vat_rates_pkey PRIMARY KEY (country, vat_code, valid_from),
  CONSTRAINT vat_rates_rate_basis_points_check CHECK (((rate_basis_points >= 0) AND (rate_basis_points <= 10000)))
);

CREATE TABLE webhook_endpoints (
  endpoint_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  client_id text NOT NULL,
  url text NOT NULL,
  host text NOT NULL,
  event_names text[] DEFAULT '{}'::text[] NOT NULL,
  sealed_secrets bytea NOT NULL,
  failing_since timestamp with time zone,
  disabled_at timestamp with time zone,
  disabled_reason text,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (endpoint_id),
  CONSTRAINT webhook_endpoints_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES publishers(publisher_id)
);

CREATE TABLE withdrawals (
  withdrawal_id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
  publisher_id integer NOT NULL,
  order_id bigint,
  order_reference text NOT NULL,
  named_lines smallint[],
  lines smallint[] DEFAULT '{}'::smallint[] NOT NULL,
  name text NOT NULL,
  receipt_to text,
  language text,
  proof text NOT NULL,
  state text NOT NULL,
  reason text,
  remark text,
  refund_minor bigint DEFAULT 0 NOT NULL,
  refund_by text,
  stated_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  CONSTRAINT withdrawals_pkey PRIMARY KEY (withdrawal_id),
  CONSTRAINT withdrawals_accepted_has_order CHECK (((state <> 'accepted'::text) OR (order_id IS NOT NULL))),
  CONSTRAINT withdrawals_decided_has_time CHECK (((state = 'to_check'::text) = (decided_at IS NULL))),
  CONSTRAINT withdrawals_proof_check CHECK ((proof = ANY (ARRAY['client'::text, 'link'::text, 'session'::text, 'none'::text]))),
  CONSTRAINT withdrawals_refund_by_check CHECK ((refund_by = ANY (ARRAY['us'::text, 'invoice'::text, 'hand'::text]))),
  CONSTRAINT withdrawals_refund_minor_check CHECK ((refund_minor >= 0)),
  CONSTRAINT withdrawals_state_check CHECK ((state = ANY (ARRAY['to_check'::text, 'accepted'::text, 'refused'::text, 'repeated'::text])))
);

CREATE INDEX accounts_of_customer ON public.accounts USING btree (publisher_id, customer_number) WHERE (customer_number IS NOT NULL);

CREATE INDEX acts_of_customer ON public.acts USING btree (publisher_id, customer_number, at, act_id) WHERE (customer_number IS NOT NULL);

CREATE INDEX acts_of_kind ON public.acts USING btree (publisher_id, by_kind, at, act_id);

CREATE INDEX acts_of_operation ON public.acts USING btree (publisher_id, operation_id, at, act_id);

CREATE INDEX acts_of_order ON public.acts USING btree (publisher_id, order_id, at, act_id) WHERE (order_id IS NOT NULL);

CREATE INDEX acts_of_publisher ON public.acts USING btree (publisher_id, at, act_id);

CREATE INDEX acts_of_somebody ON public.acts USING btree (publisher_id, by_id, at, act_id);

CREATE INDEX attempt_counters_by_age ON public.attempt_counters USING btree (attempted_at);

CREATE INDEX cases_of_attempt ON public.cases USING btree (attempt_id) WHERE (attempt_id IS NOT NULL);

CREATE INDEX cases_of_order ON public.cases USING btree (order_id, case_id);

CREATE INDEX cases_of_publisher ON public.cases USING btree (publisher_id, case_id);

CREATE UNIQUE INDEX cases_one_open ON public.cases USING btree (order_id, kind, COALESCE(attempt_id, (0)::bigint), COALESCE(operation_id, (0)::bigint), COALESCE(withdrawal_id, (0)::bigint)) NULLS NOT DISTINCT WHERE (state = 'open'::text);

CREATE INDEX cases_open ON public.cases USING btree (publisher_id, case_id) WHERE (state = 'open'::text);

CREATE INDEX charged_mobiles_by_key ON public.charged_mobiles USING btree (publisher_id, mobile_key);

CREATE INDEX clients_of_publisher ON public.clients USING btree (publisher_id);

CREATE INDEX consent_statements_of_customer ON public.consent_statements USING btree (publisher_id, customer_number, statement_id);

CREATE INDEX credentials_of_account ON public.credentials USING btree (account_id);

CREATE INDEX customer_addresses_of_customer ON public.customer_addresses USING btree (publisher_id, customer_number, address_id);

CREATE INDEX customer_contacts_of_customer ON public.customer_contacts USING btree (publisher_id, customer_number);

CREATE INDEX deliveries_failed ON public.deliveries USING btree (publisher_id, created_at, delivery_id) WHERE (failed_at IS NOT NULL);

CREATE INDEX deliveries_of_publisher ON public.deliveries USING btree (publisher_id, created_at, delivery_id);

CREATE UNIQUE INDEX deliveries_one_effect ON public.deliveries USING btree (order_id, kind, COALESCE(endpoint_id, (0)::bigint), sequence) WHERE (order_id IS NOT NULL);

CREATE INDEX events_by_name ON ONLY public.events USING btree (publisher_id, name, occurred_at, event_id);

CREATE INDEX events_of_order ON ONLY public.events USING btree (order_id, event_id) WHERE (order_id IS NOT NULL);

CREATE INDEX grants_by_account ON public.grants USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX grants_by_email ON public.grants USING btree (publisher_id, email_key) WHERE (email_key IS NOT NULL);

CREATE INDEX grants_by_mobile ON public.grants USING btree (publisher_id, mobile_key) WHERE (mobile_key IS NOT NULL);

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX invoices_to_number ON public.invoices USING btree (publisher_id, invoice_id) WHERE (state = 'draft'::text);

CREATE INDEX jobs_due_by_lane ON public.jobs USING btree (lane COLLATE "C", run_at, job_id);

CREATE UNIQUE INDEX jobs_one_per_key ON public.jobs USING btree (name, key) WHERE (key IS NOT NULL);

CREATE INDEX kept_buyers_by_end ON public.kept_buyers USING btree (kept_until);

CREATE UNIQUE INDEX login_links_moved_once ON public.login_links USING btree (moved_from) WHERE (moved_from IS NOT NULL);

CREATE INDEX login_links_of_credential ON public.login_links USING btree (publisher_id, credential_key, created_at);

CREATE INDEX login_links_of_order ON public.login_links USING btree (order_id, created_at) WHERE (order_id IS NOT NULL);

CREATE INDEX login_links_of_strangers ON public.login_links USING btree (link_id) WHERE ((cause = 'stranger'::text) AND (spent_at IS NULL));

CREATE INDEX messages_of_mailbox ON public.messages USING btree (publisher_id, ((facts ->> 'mailbox'::text)), created_at) WHERE (template = 'withdrawal-receipt'::text);

CREATE INDEX messages_of_order ON public.messages USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX messages_of_recipient ON public.messages USING btree (publisher_id, destination, created_at);

CREATE UNIQUE INDEX messages_one_per_link ON public.messages USING btree (link_id, channel) WHERE (link_id IS NOT NULL);

CREATE INDEX messages_sms_of_publisher ON public.messages USING btree (publisher_id, created_at) WHERE (channel = 'sms'::text);

CREATE INDEX oauth_records_by_expiry ON public.oauth_records USING btree (expires_at);

CREATE INDEX oauth_records_by_grant ON public.oauth_records USING btree (grant_id) WHERE (grant_id IS NOT NULL);

CREATE INDEX oauth_records_by_session ON public.oauth_records USING btree (session_uid) WHERE (session_uid IS NOT NULL);

CREATE INDEX order_checkouts_of_order ON public.order_checkouts USING btree (order_id, checkout_id);

CREATE INDEX order_parties_by_email ON public.order_parties USING btree (publisher_id, email_key, order_id) WHERE (email_key IS NOT NULL);

CREATE INDEX order_parties_by_mobile ON public.order_parties USING btree (publisher_id, mobile_key, order_id) WHERE (mobile_key IS NOT NULL);

CREATE INDEX orders_by_end ON public.orders USING brin (ended_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX orders_by_expiry ON public.orders USING btree (expires_at);

CREATE INDEX orders_by_external_id ON public.orders USING btree (publisher_id, external_order_id, order_id) WHERE (external_order_id IS NOT NULL);

CREATE INDEX orders_of_account ON public.orders USING btree (account_id, order_id) WHERE (account_id IS NOT NULL);

CREATE INDEX orders_of_customer ON public.orders USING btree (publisher_id, customer_number, order_id);

CREATE INDEX orders_of_publisher ON public.orders USING btree (publisher_id, order_id);

CREATE INDEX orders_paying ON public.orders USING btree (order_id) WHERE is_paying;

CREATE INDEX orders_stopped ON public.orders USING btree (publisher_id, order_id) WHERE (stopped_reason IS NOT NULL);

CREATE INDEX orders_stopped_by_age ON public.orders USING btree (order_id) WHERE (stopped_reason IS NOT NULL);

CREATE UNIQUE INDEX payment_agreements_by_token ON public.payment_agreements USING btree (adapter, token_key);

CREATE INDEX payment_agreements_of_order ON public.payment_agreements USING btree (order_id);

CREATE INDEX payment_agreements_to_check ON public.payment_agreements USING btree (next_check_at) WHERE (state = 'active'::text);

CREATE INDEX payment_attempts_by_age ON public.payment_attempts USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX payment_attempts_by_provider_id ON public.payment_attempts USING btree (adapter, provider_id) WHERE (provider_id IS NOT NULL);

CREATE UNIQUE INDEX payment_attempts_by_reference ON public.payment_attempts USING btree (reference, publisher_id, adapter, merchant_id);

CREATE INDEX payment_attempts_of_order ON public.payment_attempts USING btree (order_id);

CREATE INDEX payment_attempts_of_payment ON public.payment_attempts USING btree (payment_id);

CREATE UNIQUE INDEX payment_attempts_one_open ON public.payment_attempts USING btree (payment_id) WHERE (state = ANY (ARRAY['created'::text, 'sent'::text, 'pending'::text, 'unknown'::text]));

CREATE INDEX payment_attempts_open ON public.payment_attempts USING btree (created_at) WHERE (state = ANY (ARRAY['created'::text, 'sent'::text, 'pending'::text, 'unknown'::text]));

CREATE INDEX payment_attempts_open_unattached ON public.payment_attempts USING btree (attempt_id) WHERE ((order_id IS NULL) AND (state = ANY (ARRAY['created'::text, 'sent'::text, 'pending'::text, 'unknown'::text])));

CREATE INDEX payment_attempts_reserved ON public.payment_attempts USING btree (publisher_id, adapter, merchant_id) WHERE (authorized_minor > (captured_minor + cancelled_minor));

CREATE INDEX payment_attempts_to_capture ON public.payment_attempts USING btree (capture_before) WHERE ((state = 'secured'::text) AND (capture_before IS NOT NULL) AND (authorized_minor > (captured_minor + cancelled_minor)));

CREATE INDEX payment_attempts_unattached ON public.payment_attempts USING btree (ended_at) WHERE ((order_id IS NULL) AND (state = 'secured'::text) AND ((authorized_minor > (captured_minor + cancelled_minor)) OR (captured_minor > refunded_minor)));

CREATE INDEX payment_operations_of_attempt ON public.payment_operations USING btree (attempt_id);

CREATE INDEX payment_operations_open ON public.payment_operations USING btree (created_at) WHERE ((kind = ANY (ARRAY['capture'::text, 'cancel'::text, 'refund'::text])) AND (state = ANY (ARRAY['created'::text, 'sent'::text, 'unknown'::text])));

CREATE INDEX payment_outcomes_of_attempt ON ONLY public.payment_outcomes USING btree (attempt_id, outcome_id);

CREATE INDEX payments_of_order ON public.payments USING btree (order_id);

CREATE UNIQUE INDEX payments_one_per_order ON public.payments USING btree (order_id) WHERE (purpose = 'order'::text);

CREATE INDEX payments_to_confirm ON public.payments USING btree (payment_id) WHERE to_confirm;

CREATE UNIQUE INDEX prepayments_pay_once ON public.prepayments USING btree (publisher_id, payment_method, transaction_id) WHERE (released_at IS NULL);

CREATE UNIQUE INDEX prepayments_pay_once_at_provider ON public.prepayments USING btree (publisher_id, provider, transaction_id) WHERE (released_at IS NULL);

CREATE INDEX product_categories_by_product ON public.product_categories USING btree (publisher_id, product_code);

CREATE INDEX sealed_keys_by_purpose ON public.sealed_keys USING btree (purpose, publisher_id, created_at);

CREATE INDEX sessions_by_expiry ON public.sessions USING btree (expires_at);

CREATE UNIQUE INDEX sessions_by_uid ON public.sessions USING btree (session_uid);

CREATE INDEX sessions_of_account ON public.sessions USING btree (account_id);

CREATE INDEX webhook_endpoints_of_publisher ON public.webhook_endpoints USING btree (publisher_id);

CREATE INDEX withdrawals_of_no_order ON public.withdrawals USING btree (publisher_id, receipt_to) WHERE (order_id IS NULL);

CREATE INDEX withdrawals_of_order ON public.withdrawals USING btree (order_id, withdrawal_id);

CREATE INDEX withdrawals_of_publisher ON public.withdrawals USING btree (publisher_id, withdrawal_id);

CREATE INDEX withdrawals_of_state ON public.withdrawals USING btree (publisher_id, state, withdrawal_id);

CREATE TRIGGER accounts_move_forward BEFORE UPDATE OF state ON public.accounts FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['pending>active'::text, 'pending>closed'::text, 'active>closed'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER acts_stay_as_they_are BEFORE UPDATE ON public.acts FOR EACH ROW EXECUTE FUNCTION refuse_change_of_acts();

CREATE TRIGGER acts_stay_until_their_time BEFORE DELETE ON public.acts FOR EACH ROW WHEN (is_act_kept(old.publisher_id, old.at)) EXECUTE FUNCTION refuse_change_of_acts();

CREATE TRIGGER acts_stay_whole BEFORE TRUNCATE ON public.acts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_acts();

CREATE TRIGGER cases_move_forward BEFORE UPDATE OF state ON public.cases FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> 'open>resolved'::text))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER consent_statements_stay_as_they_are BEFORE UPDATE ON public.consent_statements FOR EACH ROW EXECUTE FUNCTION refuse_change_of_consents();

CREATE TRIGGER consent_texts_stay_as_they_are BEFORE UPDATE ON public.consent_texts FOR EACH ROW EXECUTE FUNCTION refuse_change_of_consents();

CREATE TRIGGER deliveries_move BEFORE UPDATE OF state ON public.deliveries FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['waiting>delivered'::text, 'waiting>failed'::text, 'failed>waiting'::text, 'delivered>waiting'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER invoices_move_forward BEFORE UPDATE OF state ON public.invoices FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['draft>issued'::text, 'draft>credited'::text, 'issued>credited'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER messages_move_forward BEFORE UPDATE OF state ON public.messages FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['waiting>accepted'::text, 'waiting>unknown'::text, 'waiting>failed'::text, 'waiting>delivered'::text, 'unknown>accepted'::text, 'unknown>delivered'::text, 'unknown>failed'::text, 'accepted>delivered'::text, 'accepted>failed'::text, 'failed>delivered'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER orders_move_forward BEFORE UPDATE OF state ON public.orders FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['registered>paying'::text, 'registered>completed'::text, 'registered>stopped'::text, 'paying>completed'::text, 'paying>stopped'::text, 'stopped>completed'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER orders_reopen_with_money BEFORE UPDATE OF state ON public.orders FOR EACH ROW WHEN (((old.state = 'stopped'::text) AND (new.state = 'completed'::text))) EXECUTE FUNCTION stopped_order_needs_money();

CREATE TRIGGER payment_agreements_move_forward BEFORE UPDATE OF state ON public.payment_agreements FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> 'active>stopped'::text))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER payment_attempts_move_forward BEFORE UPDATE OF state ON public.payment_attempts FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['created>sent'::text, 'created>discarded'::text, 'created>declined'::text, 'created>secured'::text, 'created>pending'::text, 'created>unknown'::text, 'sent>pending'::text, 'sent>unknown'::text, 'sent>secured'::text, 'sent>declined'::text, 'sent>aborted'::text, 'sent>expired'::text, 'sent>discarded'::text, 'pending>unknown'::text, 'pending>secured'::text, 'pending>declined'::text, 'pending>aborted'::text, 'pending>expired'::text, 'unknown>pending'::text, 'unknown>secured'::text, 'unknown>declined'::text, 'unknown>aborted'::text, 'unknown>expired'::text, 'unknown>discarded'::text, 'declined>secured'::text, 'aborted>secured'::text, 'expired>secured'::text, 'discarded>secured'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER payment_operations_move_forward BEFORE UPDATE OF state ON public.payment_operations FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['created>sent'::text, 'created>succeeded'::text, 'created>failed'::text, 'created>unknown'::text, 'created>by_hand'::text, 'sent>succeeded'::text, 'sent>failed'::text, 'sent>unknown'::text, 'sent>by_hand'::text, 'unknown>succeeded'::text, 'unknown>failed'::text, 'unknown>by_hand'::text, 'failed>succeeded'::text, 'by_hand>sent'::text, 'by_hand>succeeded'::text, 'by_hand>failed'::text])))) EXECUTE FUNCTION refuse_other_moves();

CREATE TRIGGER withdrawals_move_forward BEFORE UPDATE OF state ON public.withdrawals FOR EACH ROW WHEN (((old.state <> new.state) AND (((old.state || '>'::text) || new.state) <> ALL (ARRAY['to_check>accepted'::text, 'to_check>refused'::text, 'to_check>repeated'::text])))) EXECUTE FUNCTION refuse_other_moves();
