import type { Command } from 'commander';
import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import type { OriginCall } from '../kit/origin.ts';
import { findWholeOrder } from '../orders/find-whole-order.ts';
import type { Publisher } from '../publishers/publisher.ts';
import { exportLines } from './export-lines.ts';
import { fileArgument, publisherArgument } from './read-arguments.ts';
import type { ReadEnvironment } from './verb.ts';

/** Writes all orders of a publisher to a file, each as `GET /capi/v1/client/order/{orderId}` shows it. */
export function exportOrdersVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('write all orders of a publisher with payments and bills to a file, as JSON lines')
    .addArgument(publisherArgument())
    .addArgument(fileArgument('the file to write; it names people, and may be read by you alone'))
    .action((publisherId: PublisherId, file: string) =>
      exportLines(readEnvironment(), call, { publisherId, file }, gatherOrders),
    );
}

// As many as are asked for at once: they share the connections of the command.
const atOnce = 16;

const listStatement = sql(
  'orders.listIds',
  `SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id > $2 ORDER BY order_id LIMIT ${atOnce}`,
);

async function* gatherOrders(database: Database, { publisherId }: Publisher): AsyncGenerator<object> {
  let last = 0;
  for (;;) {
    const rows = await database.query<{ order_id: number }>(listStatement, [publisherId, last]);
    const orders = await Promise.all(
      rows.map(({ order_id: orderId }) => findWholeOrder(database, publisherId, orderId)),
    );
    // One that nobody paid for may have been deleted meanwhile.
    yield* orders.filter((order) => order !== undefined);
    const end = rows.at(-1);
    if (!end) return;
    last = end.order_id;
  }
}
