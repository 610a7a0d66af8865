-- Methods of one provider share its transactions: what paid an order of one method pays none of another. Empty
-- for orders from before, and for those that the previous release registers.
ALTER TABLE prepayments ADD COLUMN provider text;
CREATE UNIQUE INDEX prepayments_pay_once_at_provider ON prepayments (publisher_id, provider, transaction_id)
  WHERE released_at IS NULL;
