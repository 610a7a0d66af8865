import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type pg from 'pg';

const tables = ['customers', 'customer_contacts', 'customer_addresses', 'external_references', 'accounts']
  .concat(['credentials', 'grants'])
  .map((name) => `CREATE TABLE bench_${name} (LIKE ${name} INCLUDING ALL EXCLUDING CONSTRAINTS);`)
  .join('\n');

const insert = `WITH given AS MATERIALIZED (
     SELECT line::json AS person, number::bigint FROM unnest($1::text[], $2::bigint[]) AS given (line, number)
   ), customers AS (
     INSERT INTO bench_customers (publisher_id, customer_number, details, registered_at, changed_at)
     SELECT 1, number, json_build_object('name', person -> 'name', 'emails', person -> 'emails'), now(), now()
     FROM given
   ), contacts AS (
     INSERT INTO bench_customer_contacts
     SELECT 1, number, substr(sha256(convert_to(number || kind, 'UTF8')), 1, 16)
     FROM given, unnest(ARRAY['email', 'mobile']) AS kind
   ), addresses AS (
     INSERT INTO bench_customer_addresses (publisher_id, customer_number, address, starts_at)
     SELECT 1, number, person -> 'addresses' -> 0, now() FROM given
   ), names AS (
     INSERT INTO bench_external_references SELECT 1, number, 'CRM', 'K' || number, now() FROM given
   ), accounts AS (
     INSERT INTO bench_accounts (publisher_id, unique_user_id, state, customer_number, created_at)
     SELECT 1, md5(number::text), 'active', number, now() FROM given RETURNING account_id, customer_number
   ), credentials AS (
     INSERT INTO bench_credentials (publisher_id, credential_key, kind, credential, account_id, created_at)
     SELECT 1, substr(sha256(convert_to(number || kind, 'UTF8')), 1, 16), kind, person #>> '{emails,0}',
       account_id, now()
     FROM given JOIN accounts ON customer_number = number, unnest(ARRAY['email', 'mobile']) AS kind)
   INSERT INTO bench_grants (publisher_id, order_id, line_number, kind, product_code, account_id, starts_at)
   SELECT 1, account_id, 0, 'bought', 'DEMO', account_id, now() FROM accounts`;

const atOnce = 500;

/**
 * The yardstick: the same rows into tables with the same indexes, by one statement for some hundred people
 * that compares nothing and checks nothing. Answers people a second.
 */
export async function insertPlainly(database: pg.Client, file: string): Promise<number> {
  await database.query(tables);
  let waiting: string[] = [];
  let done = 0;
  const flush = async () => {
    const numbers = waiting.map((_line, index) => done + index + 1);
    await database.query({ name: 'bench-people', text: insert, values: [waiting, numbers] });
    done += waiting.length;
    waiting = [];
  };
  const begun = performance.now();
  const lines = createInterface({ input: createReadStream(file) });
  for await (const line of lines) if (waiting.push(line) === atOnce) await flush();
  if (waiting.length > 0) await flush();
  return done / ((performance.now() - begun) / 1000);
}
