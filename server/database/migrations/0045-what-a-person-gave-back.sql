-- What a person gave back outside the provider, which its totals cannot tell: part of what was refunded in all.
ALTER TABLE payment_attempts ADD COLUMN refunded_manually_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE payment_attempts ADD CONSTRAINT payment_attempts_manual_refunds_are_refunds
  CHECK (refunded_manually_minor BETWEEN 0 AND refunded_minor) NOT VALID;
