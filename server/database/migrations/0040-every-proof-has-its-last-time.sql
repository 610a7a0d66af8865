-- Whether a number may have changed hands is told by its last proof: whoever writes the first writes the last too.
UPDATE credentials SET last_proven_at = proven_at WHERE proven_at IS NOT NULL AND last_proven_at IS NULL;
ALTER TABLE credentials ADD CONSTRAINT credentials_proofs_have_both_times
  CHECK ((proven_at IS NULL) = (last_proven_at IS NULL)) NOT VALID;
