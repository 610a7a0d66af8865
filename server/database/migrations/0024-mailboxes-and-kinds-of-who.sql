-- Receipts of withdrawals are counted and gathered by the mailbox, however its address is written; and acts
-- are listed by the kind of who did them.
CREATE INDEX messages_of_mailbox ON messages (publisher_id, (facts ->> 'mailbox'), created_at)
  WHERE template = 'withdrawal-receipt';
CREATE INDEX acts_of_kind ON acts (publisher_id, by_kind, at, act_id);
