import { isLocked, type PaymentOrder, remainingOf, resourceId, totalsOf } from './payment-order.ts';

type Operation = { method: string; href: string; rel: string; contentType: string };

/** Where this sandbox is reached, as the client called it: `http://127.0.0.1:8090`. */
export type Origin = string;

/** The buyer's page of an order. */
export function pagePath(order: PaymentOrder): string {
  return `/pay/swedbankpay/${order.pageToken}`;
}

/** A payment order as Swedbank Pay shows it. What `expand` names stands in it, all else is an id. */
export function showOrder(order: PaymentOrder, origin: Origin, expand: readonly string[]): object {
  const parts = Object.entries(partsOf(order)).map(([name, content]) => {
    const id = `${resourceId(order)}/${name.toLowerCase()}`;
    return [name, expand.includes(name) ? { id, ...content } : { id }];
  });
  const { capture, reversal } = remainingOf(order);
  return {
    paymentOrder: {
      id: resourceId(order),
      created: order.created,
      updated: order.transactions.at(-1)?.created ?? order.created,
      operation: order.operation,
      status: order.status,
      currency: order.currency,
      amount: order.amount,
      vatAmount: order.vatAmount,
      ...(totalsOf(order).authorized > 0 && {
        remainingCaptureAmount: capture,
        remainingCancellationAmount: capture,
        remainingReversalAmount: reversal,
      }),
      description: order.description,
      availableInstruments: [order.instrument],
      implementation: 'PaymentsOnly',
      instrumentMode: order.operation === 'Purchase',
      guestMode: true,
      instrument: order.instrument,
      integration: 'Redirect',
      ...Object.fromEntries(parts),
    },
    operations: operationsOf(order, origin),
  };
}

/** What can be done now; what is not possible is not there. */
function operationsOf(order: PaymentOrder, origin: Origin): Operation[] {
  const href = `${origin}/swedbankpay${resourceId(order)}`;
  const operation = (rel: string, method: string, path = ''): Operation => ({
    method,
    href: href + path,
    rel,
    contentType: 'application/json',
  });
  const redirect = { ...operation('redirect-checkout', 'GET'), href: origin + pagePath(order) };
  switch (order.status) {
    case 'Initialized':
      return order.inSwish ? [redirect] : [operation('abort', 'PATCH'), redirect];
    case 'Aborted':
      return [redirect];
    case 'Paid': {
      const { capture, reversal } = remainingOf(order);
      return [
        ...(capture > 0 && !isLocked(order) ? [operation('capture', 'POST', '/captures')] : []),
        ...(capture > 0 ? [operation('cancel', 'POST', '/cancellations')] : []),
        ...(reversal > 0 && !isLocked(order) ? [operation('reversal', 'POST', '/reversals')] : []),
      ];
    }
    default:
      return [];
  }
}

function partsOf(order: PaymentOrder): Record<string, object> {
  return {
    paid: paidOf(order),
    failed: order.failed === null ? {} : { problem: order.failed },
    aborted: order.abortReason === null ? {} : { abortReason: order.abortReason },
    financialTransactions: {
      financialTransactionsList: order.transactions.filter((one) => one.type !== 'Authorization'),
    },
    failedAttempts: {
      failedAttemptList: order.failedAttempts.map(({ created, number, problem }) => ({
        created,
        instrument: order.instrument,
        number,
        status: problem.type.endsWith('cancelled') ? 'Aborted' : 'Failed',
        problem,
      })),
    },
    ...Object.fromEntries(
      ['orderItems', 'urls', 'payeeInfo', 'payer', 'history', 'cancelled', 'reversed', 'metadata'].map(
        (name) => [name, {}],
      ),
    ),
  };
}

function paidOf(order: PaymentOrder): object {
  const [first] = order.transactions;
  const isVerified = order.operation === 'Verify' && order.status === 'Paid';
  if (!first && !isVerified) return {};
  const { unscheduledToken: token } = order;
  return {
    instrument: order.instrument,
    payeeReference: order.payeeReference,
    orderReference: order.orderReference,
    ...(first && {
      number: first.number,
      transactionType: first.type,
      amount: first.amount,
      submittedAmount: first.amount,
      feeAmount: 0,
      discountAmount: 0,
    }),
    ...(token !== null && {
      tokens: [{ type: 'unscheduled', token, name: '4761xxxxxx000416', expiryDate: '12/2099' }],
    }),
    details: {},
  };
}
