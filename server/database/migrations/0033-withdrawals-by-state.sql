-- A list asks for one state of a publisher's withdrawals; those that are rare must not cost a read of all.
CREATE INDEX withdrawals_of_state ON withdrawals (publisher_id, state, withdrawal_id);
DROP INDEX withdrawals_to_check;
