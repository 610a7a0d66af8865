import pg from 'pg';
import { personOf } from '../load/people.ts';

const tables = `
  CREATE TABLE IF NOT EXISTS bench_orders (
    order_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, publisher_id integer NOT NULL,
      state text NOT NULL,
    email text NOT NULL, amount_minor bigint NOT NULL, registered_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS bench_lines (
    order_id bigint NOT NULL REFERENCES bench_orders, line_number smallint NOT NULL, offer_code text NOT NULL,
    description text NOT NULL, amount_minor bigint NOT NULL, PRIMARY KEY (order_id, line_number));
  CREATE TABLE IF NOT EXISTS bench_grants (
    grant_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      order_id bigint NOT NULL REFERENCES bench_orders,
    email text NOT NULL, product_code text NOT NULL, ends_at timestamptz NOT NULL);
  CREATE INDEX IF NOT EXISTS bench_grants_by_email ON bench_grants (email);
  CREATE TABLE IF NOT EXISTS bench_jobs (
    job_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, arguments jsonb NOT NULL)`;

const insertOrder = `INSERT INTO bench_orders (publisher_id, state, email, amount_minor)
  VALUES (1, 'registered', $1, 9900) RETURNING order_id`;
const insertLine = `INSERT INTO bench_lines VALUES ($1, 1, 'DEMO', 'Demoposten, a month at a time', 9900)`;
const insertGrant = `INSERT INTO bench_grants (order_id, email, product_code, ends_at)
  VALUES ($1, $2, 'DEMO', now() + interval '1 hour')`;
const completeOrder = `UPDATE bench_orders SET state = 'completed' WHERE order_id = $1`;
const insertJob = `INSERT INTO bench_jobs (name, arguments)
  VALUES ('deliver', jsonb_build_object('orderId', $1::bigint))`;

/** What is measured against: five prepared statements and a commit for each order, on many connections. */
export async function runPlainTransactions(
  connection: pg.PoolConfig,
  plan: { connections: number; seconds: number },
): Promise<{ orders: number; seconds: number }> {
  const clients = await Promise.all(Array.from({ length: plan.connections }, () => openClient(connection)));
  await clients[0]?.query(tables);
  const startedAt = performance.now();
  const endsAt = startedAt + plan.seconds * 1000;
  let orders = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < endsAt) {
        await placeOrder(client, personOf(orders).email);
        orders += 1;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return { orders, seconds };
}

async function openClient(connection: pg.PoolConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

async function placeOrder(client: pg.Client, email: string): Promise<void> {
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await client.query('BEGIN');
  const inserted = await run('order', insertOrder, [email]);
  const orderId: unknown = inserted.rows[0]?.order_id;
  await run('line', insertLine, [orderId]);
  await run('grant', insertGrant, [orderId, email]);
  await run('complete', completeOrder, [orderId]);
  await run('job', insertJob, [orderId]);
  await client.query('COMMIT');
}
