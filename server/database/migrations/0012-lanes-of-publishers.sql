-- A lane is of one kind of job and one publisher (0 is the house itself), so that publishers take turns. Its
-- text is compared byte by byte, whatever the database's own order: lanes that begin with the same kind and
-- publisher stand together. Nodes of the former release claim rightly without the former index, if slowly.
CREATE INDEX jobs_due_by_lane ON jobs (lane COLLATE "C", run_at, job_id);
DROP INDEX jobs_due;

UPDATE jobs SET lane = name || ' ' || coalesce(publisher_id, 0)
  || coalesce(CASE WHEN name IN ('deliver', 'deliver-message') THEN substring(lane FROM ' .*$') END, '')
WHERE name IN (
  'start-payment', 'resolve-attempt', 'acknowledge-payment', 'ask-agreement', 'run-operation',
  'confirm-prepayment', 'settle-page-payment', 'register-notices', 'unregister-notices', 'deliver-message',
  'deliver', 'number-invoices');
