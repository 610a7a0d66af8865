-- Statements of withdrawal from orders, as they came and what became of them. A statement counts also where
-- its order is not found: then it names none, and a person looks.
CREATE TABLE withdrawals (
  withdrawal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  publisher_id integer NOT NULL,
  order_id bigint,
  -- As it was written.
  order_reference text NOT NULL,
  -- The lines that it names; nothing for the whole order.
  named_lines smallint[],
  -- The lines that are withdrawn by it.
  lines smallint[] NOT NULL DEFAULT '{}',
  name text NOT NULL,
  receipt_to text,
  language text,
  proof text NOT NULL CHECK (proof IN ('client', 'link', 'session', 'none')),
  state text NOT NULL CHECK (state IN ('to_check', 'accepted', 'refused', 'repeated')),
  -- Why a person is to look, or why some of the lines stay.
  reason text,
  -- What the buyer or the site said of it.
  remark text,
  refund_minor bigint NOT NULL DEFAULT 0 CHECK (refund_minor >= 0),
  refund_by text CHECK (refund_by IN ('us', 'invoice', 'hand')),
  -- When it was sent, by which it is in time.
  stated_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  decided_at timestamptz,
  CONSTRAINT withdrawals_decided_has_time CHECK ((state = 'to_check') = (decided_at IS NULL)),
  CONSTRAINT withdrawals_accepted_has_order CHECK (state <> 'accepted' OR order_id IS NOT NULL)
);
CREATE INDEX withdrawals_of_order ON withdrawals (order_id, withdrawal_id);
CREATE INDEX withdrawals_of_publisher ON withdrawals (publisher_id, withdrawal_id);
CREATE INDEX withdrawals_to_check ON withdrawals (publisher_id, withdrawal_id) WHERE state = 'to_check';
CREATE TRIGGER withdrawals_move_forward BEFORE UPDATE OF state ON withdrawals FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'to_check>accepted', 'to_check>refused', 'to_check>repeated'))
  EXECUTE FUNCTION refuse_other_moves();

-- Each statement that waits for a person has a case of its own, also where it names no order.
ALTER TABLE cases ADD COLUMN withdrawal_id bigint;
ALTER TABLE cases DROP CONSTRAINT cases_outcome_check;
ALTER TABLE cases ADD CONSTRAINT cases_outcome_check CHECK (outcome IN (
  'paid', 'not_paid', 'given_back', 'again', 'accepted', 'refused', 'dismissed', 'by_provider')) NOT VALID;
-- Not built while others write: cases are few beside orders.
DROP INDEX cases_one_open;
CREATE UNIQUE INDEX cases_one_open ON cases
  (order_id, kind, coalesce(attempt_id, 0), coalesce(operation_id, 0), coalesce(withdrawal_id, 0))
  NULLS NOT DISTINCT WHERE state = 'open';
