-- Who opens an order by its bare number is a guest: the number can be guessed. `guest_id` tells one browser from
-- another, and is half of its cookie; an attempt without one was begun by a buyer who was invited. A guest holds
-- the order until `held_until`.
ALTER TABLE payment_attempts ADD COLUMN guest_id text, ADD COLUMN held_until timestamptz;

-- Only guests have begun this payment, so that its end stops no order before the order's own time is up.
ALTER TABLE payments ADD COLUMN is_of_guests boolean NOT NULL DEFAULT false;
