-- Codes and refresh tokens stood here as they are; from now on their SHA-256 does. The old ones are found no
-- more, and their readers are sent through the authorization again.
DELETE FROM oauth_records WHERE model IN ('AuthorizationCode', 'RefreshToken');

-- For kinds of records that were never kept.
DROP INDEX oauth_records_by_uid;
ALTER TABLE oauth_records DROP COLUMN uid, DROP COLUMN user_code;
