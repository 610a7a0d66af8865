-- Customers that were brought from another system, as `import people` reads them.

-- When a customer was last brought here. One that was changed after that is not overwritten by the next import.
ALTER TABLE customers ADD COLUMN carried_at timestamptz;

-- Consents that were given elsewhere are passed on by the operator's command.
ALTER TABLE consent_statements DROP CONSTRAINT consent_statements_by_kind_check;
ALTER TABLE consent_statements ADD CONSTRAINT consent_statements_by_kind_check
  CHECK (by_kind IN ('client', 'user', 'command')) NOT VALID;
