-- outside a transaction
CREATE INDEX CONCURRENTLY orders_of_customer ON orders (publisher_id, customer_number, order_id);
CREATE INDEX CONCURRENTLY accounts_of_customer ON accounts (publisher_id, customer_number)
  WHERE customer_number IS NOT NULL;
