-- A key that is empty stays so: the payer was erased, and nothing is kept of what providers say of them later.
ALTER TABLE payment_keys ALTER COLUMN sealed_key DROP NOT NULL;
-- Statements of withdrawal that name no order are found by the address that they name.
CREATE INDEX withdrawals_of_no_order ON withdrawals (publisher_id, receipt_to) WHERE order_id IS NULL;
