import { type Static, Type } from 'typebox';
import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Database } from '../../database/transaction.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { toMajor } from '../../kit/money.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { invoiceStatusOf } from '../billed-line.ts';
import { findSinglePurchases, type SinglePurchase } from '../find-billed-lines.ts';
import { currencyOf } from '../show-order.ts';
import { cutPage, nextCursor, pageFields, readPage } from './own-order-page.ts';

type Context = { database: Database; catalogue: CatalogueSnapshots };

const Query = narrowing(pageFields);

const nullable = <Value>(type: string, description: string) =>
  Type.Unsafe<Value | null>({ type: [type, 'null'], description });

const Purchase = Type.Object({
  customerNumber: Type.Integer(),
  orderNumber: Type.Integer({ description: 'the orderId' }),
  orderDate: Type.Integer({ description: 'epoch milliseconds' }),
  description: Type.String(),
  amount: Type.Number({ description: 'major units, VAT included' }),
  vat: Type.Number({ description: 'what of the amount is VAT' }),
  invoiceNumber: nullable<number>('integer', 'null until there is a bill with a number'),
  invoiceDate: nullable<number>('integer', 'epoch milliseconds'),
  companyCode: nullable<string>('string', 'of the order, else of the product'),
  invoiceStatus: Type.String({ description: 'notInvoiced, invoiced or credited' }),
  target: Type.String({ description: 'always C: the one value that is known of the original' }),
});

export const listOwnPurchases = endpoint({
  operationId: 'listOwnPurchases',
  summary: 'List what a reader has bought beside subscriptions, with their token',
  description:
    "Products, single copies and articles of the reader's completed orders, newest first, one entry for " +
    'each line. The lines of an order stand on one page, which may so have more of them than its `limit` ' +
    'of orders.',
  query: Query,
  reply: Type.Object({ orders: Type.Array(Purchase), nextCursor }),
  async handle(context: Context, call: UserCall<undefined, undefined, Static<typeof Query>>) {
    const { publisher, user } = call.caller;
    const { publisherId } = publisher;
    const { accountId } = user;
    const [lines, catalogue] = await Promise.all([
      findSinglePurchases(context.database, { publisherId, accountId, ...readPage(call.query) }),
      context.catalogue.of(publisherId),
    ]);
    const firsts = lines.filter((line, index) => line.order_id !== lines[index - 1]?.order_id);
    const { page, nextCursor: next } = cutPage(firsts, call.query);
    const oldest = page.at(-1)?.order_id ?? 0;
    const companyOf = (line: SinglePurchase) =>
      line.company_code ?? catalogue.findProduct(line.product_code ?? '')?.companyCode ?? null;
    const orders = lines
      .filter((line) => line.order_id >= oldest)
      .map((line) => ({ ...showPurchase(line), companyCode: companyOf(line) }));
    return { body: { orders, nextCursor: next } };
  },
});

function showPurchase(line: SinglePurchase): Omit<Static<typeof Purchase>, 'companyCode'> {
  const currency = currencyOf(line);
  return {
    customerNumber: line.customer_number,
    orderNumber: line.order_id,
    orderDate: epochMilliseconds(line.ordered_at),
    description: line.description,
    amount: toMajor(line.amount_minor, currency),
    vat: toMajor(line.vat_minor, currency),
    invoiceNumber: line.invoice_number,
    invoiceDate: line.issued_at && epochMilliseconds(line.issued_at),
    invoiceStatus: invoiceStatusOf(line),
    target: 'C',
  };
}
