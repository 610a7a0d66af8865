-- An erasing asks for a number whatever it was charged by.
CREATE INDEX charged_mobiles_by_key ON charged_mobiles (publisher_id, mobile_key);
