-- The link that one to a number became when it went to the reader's e-mail address instead.
ALTER TABLE login_links ADD COLUMN moved_from bigint;
CREATE UNIQUE INDEX login_links_moved_once ON login_links (moved_from) WHERE moved_from IS NOT NULL;
