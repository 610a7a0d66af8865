-- A code that a browser asked for opens in that browser only: the hash of its nonce. Links that the system
-- or an older message asked for have none; their code opens anywhere.
ALTER TABLE login_links ADD COLUMN asked_nonce_sha256 bytea;
