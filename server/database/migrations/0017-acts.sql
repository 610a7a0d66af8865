-- What was done by hand to money, access, people, settings and secrets: by whom, to what, and why. Rows are
-- added and never changed; they go when the publisher's time for them is over, and not before.
CREATE TABLE acts (
  act_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  at timestamptz NOT NULL,
  by_kind text NOT NULL CHECK (by_kind IN ('client', 'user', 'staff', 'command')),
  by_id text,
  -- The scope that the call needed; nothing for a command.
  scope text,
  operation_id text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text,
  order_id bigint,
  customer_number bigint,
  reason text CHECK (length(reason) <= 2000),
  facts json NOT NULL,
  request_id text,
  -- The network that the call came from, never the address of one caller.
  address cidr CHECK (masklen(address) <= CASE family(address) WHEN 4 THEN 24 ELSE 48 END),
  CONSTRAINT acts_are_somebodys CHECK (by_kind = 'command' OR by_id IS NOT NULL)
);
CREATE INDEX acts_of_publisher ON acts (publisher_id, at, act_id);
CREATE INDEX acts_of_order ON acts (publisher_id, order_id, at, act_id) WHERE order_id IS NOT NULL;
CREATE INDEX acts_of_customer ON acts (publisher_id, customer_number, at, act_id)
  WHERE customer_number IS NOT NULL;
CREATE INDEX acts_of_somebody ON acts (publisher_id, by_id, at, act_id);
CREATE INDEX acts_of_operation ON acts (publisher_id, operation_id, at, act_id);

CREATE FUNCTION refuse_change_of_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'acts are only added: % is refused', TG_OP USING ERRCODE = 'LV001';
END $$;

-- An act that is kept no longer may go, and no other: not even by whoever has the database's password, unless
-- the publisher's setting is lowered first, which is an act. The default is that of the setting, and the
-- least is that of its rule.
CREATE FUNCTION is_act_kept(publisher integer, happened_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT happened_at > leveret_now() - interval '1 day' * greatest(365, coalesce(
    (SELECT (settings ->> 'keepActsDays')::integer FROM publishers WHERE publisher_id = publisher), 1825))
$$;

CREATE TRIGGER acts_stay_as_they_are BEFORE UPDATE ON acts FOR EACH ROW
  EXECUTE FUNCTION refuse_change_of_acts();
CREATE TRIGGER acts_stay_until_their_time BEFORE DELETE ON acts FOR EACH ROW
  WHEN (is_act_kept(OLD.publisher_id, OLD.at)) EXECUTE FUNCTION refuse_change_of_acts();
CREATE TRIGGER acts_stay_whole BEFORE TRUNCATE ON acts FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_change_of_acts();
