-- What paid something else of an order, such as a renewal, does not complete the order.
CREATE OR REPLACE FUNCTION stopped_order_needs_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM payments JOIN payment_attempts USING (payment_id) JOIN payment_outcomes USING (attempt_id)
    WHERE payments.order_id = NEW.order_id AND payments.purpose = 'order' AND payment_outcomes.carries_money) THEN
    RAISE EXCEPTION 'order % is stopped and no outcome carries money', NEW.order_id USING ERRCODE = 'LV002';
  END IF;
  RETURN NEW;
END $$;
