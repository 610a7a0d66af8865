-- What strangers ask for: whose owner was told that its SMS are used up, and codes that nobody used.

-- When an owner was last told that strangers have used up what they may.
CREATE TABLE strangers_sms_warnings (
  publisher_id integer PRIMARY KEY REFERENCES publishers,
  warned_at timestamptz NOT NULL
);

-- Codes that nobody used are deleted soon: anybody may have had them sent to anybody.
CREATE INDEX login_links_of_strangers ON login_links (link_id) WHERE cause = 'stranger' AND spent_at IS NULL;
