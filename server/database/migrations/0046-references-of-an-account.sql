-- A transaction that was made elsewhere has its provider's own name, which is unique within one account only. In the
-- previous release the statement that takes one fails from now on, and its job tries again.
CREATE UNIQUE INDEX payment_attempts_by_reference
  ON payment_attempts (reference, publisher_id, adapter, merchant_id);
ALTER TABLE payment_attempts DROP CONSTRAINT payment_attempts_reference_key;
