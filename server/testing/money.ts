import assert from 'node:assert/strict';
import { publisherId } from '../kit/ids.ts';
import { applyEvidence } from '../payments/ledger/apply-evidence.ts';
import type { Evidence } from '../payments/port/provider-answer.ts';
import { openMoneyNode, orderOf } from './money-node.ts';
import { complete, register, type TestNode } from './node.ts';
import type { TestProvider } from './provider.ts';

export type Books = {
  attempt_id: number;
  reference: string;
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
};

export type MoneyFixture = Awaited<ReturnType<typeof openMoneyFixture>>;

/** A node, its provider, and what a test wants to know of an order's money. */
export async function openMoneyFixture() {
  const { node, provider } = await openMoneyNode();
  return {
    node,
    provider,
    ...reading(node),
    ...ordering(node, provider),
    ...acting(node),
    async close(): Promise<void> {
      await Promise.all([node.close(), provider.close()]);
    },
  };
}

function reading(node: TestNode) {
  const casesOf = (orderId: number) =>
    node.rows<{ kind: string; state: string; case_id: number }>(
      'SELECT kind, state, case_id FROM cases WHERE order_id = $1 ORDER BY case_id',
      [orderId],
    );
  return {
    casesOf,
    caseStates: async (orderId: number) =>
      (await casesOf(orderId)).map(({ kind, state }) => `${kind} ${state}`),
    /** The first attempt of an order. */
    async booksOf(orderId: number): Promise<Books> {
      const [books] = await node.rows<Books>(
        `SELECT attempt_id, reference, authorized_minor AS authorized, captured_minor AS captured,
           refunded_minor AS refunded, cancelled_minor AS cancelled
         FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id`,
        [orderId],
      );
      assert.ok(books);
      return books;
    },
    /** What was done with the money after it was secured, such as `capture succeeded 10000`. */
    async operationsOf(orderId: number): Promise<string[]> {
      const rows = await node.rows<{ kind: string; state: string; amount: number }>(
        `SELECT kind, operations.state, operations.amount_minor AS amount
         FROM payment_operations operations JOIN payment_attempts USING (attempt_id)
         WHERE order_id = $1 AND kind <> 'charge' ORDER BY operation_id`,
        [orderId],
      );
      return rows.map(({ kind, state, amount }) => `${kind} ${state} ${amount}`);
    },
    show: async (orderId: number) => (await node.get(`/capi/v1/client/order/${orderId}`)).body,
  };
}

function ordering(node: TestNode, provider: TestProvider) {
  return {
    /** Registers an order of lines at these prices, and asks to complete it. */
    async ordered(prices: readonly number[] = [100], changes: object = {}): Promise<number> {
      const orderId = await register(node, orderOf(prices, changes));
      assert.equal((await complete(node, orderId)).body['fulfillmentStatus'], 'OK');
      return orderId;
    },
    /** The same, charged with an answer that money may follow: nothing is booked. */
    async pending(changes: object = {}) {
      const orderId = await this.ordered([100], changes);
      provider.willAnswer('charge', 'pending');
      await node.runJobs();
      const [attempt] = await node.rows<{ attempt_id: number; payment_id: number; reference: string }>(
        'SELECT attempt_id, payment_id, reference FROM payment_attempts WHERE order_id = $1',
        [orderId],
      );
      assert.ok(attempt);
      const { publisherId } = node.client.publisher;
      const { attempt_id: attemptId, payment_id: paymentId, reference } = attempt;
      return { publisherId, orderId, attemptId, paymentId, reference };
    },
    /** The same, charged and captured. */
    async captured(prices: readonly number[] = [100], changes: object = {}): Promise<number> {
      const orderId = await this.ordered(prices, changes);
      await node.runJobs();
      return orderId;
    },
    /** The same, with a rule for capturing on each line, as its offer would have it. */
    async reserved(
      prices: readonly number[],
      rules: readonly (string | Date)[],
      changes: object = {},
    ): Promise<number> {
      const orderId = await register(node, orderOf(prices, changes));
      for (const [index, rule] of rules.entries()) {
        await node.rows(
          `UPDATE order_lines SET capture_when = $3, starts_at = $4 WHERE order_id = $1 AND line_number = $2
           RETURNING 1 AS one`,
          [orderId, index + 1, rule instanceof Date ? 'start' : rule, rule instanceof Date ? rule : null],
        );
      }
      await complete(node, orderId);
      await node.runJobs();
      return orderId;
    },
  };
}

function acting(node: TestNode) {
  return {
    capture: (orderId: number, body: object = {}, headers: Record<string, string> = {}) =>
      node.post(`/capi/v1/client/order/${orderId}/capture`, body, headers),
    refund: (orderId: number, body: object = {}, headers: Record<string, string> = {}) =>
      node.post(`/capi/v1/client/order/${orderId}/refund`, body, headers),
    refundWithoutBody: (orderId: number) => node.post(`/capi/v1/client/order/${orderId}/refund`, null),
    /** Answers the one open case of an order. */
    async resolve(orderId: number, outcome: string): Promise<void> {
      const [open] = await node.rows<{ case_id: number }>(
        "SELECT case_id FROM cases WHERE order_id = $1 AND state = 'open'",
        [orderId],
      );
      const path = `/capi/v1/client/cases/${open?.case_id}/resolve`;
      const reply = await node.post(path, { outcome, evidence: 'looked' });
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
    },
    /** What a notice or question tells of an attempt, the first of its order unless said. */
    async tell(
      orderId: number,
      told: Pick<Evidence, 'meaning' | 'money'>,
      attemptId?: number,
    ): Promise<void> {
      const [attempt] = await node.rows<{ attempt_id: number; publisher_id: number }>(
        `SELECT attempt_id, publisher_id FROM payment_attempts
         WHERE order_id = $1 AND attempt_id = coalesce($2, attempt_id) ORDER BY attempt_id`,
        [orderId, attemptId ?? null],
      );
      assert.ok(attempt);
      const about = { publisherId: publisherId(attempt.publisher_id), attemptId: attempt.attempt_id };
      const received = { ...about, source: 'notice', evidence: { ...told, raw: '' } } as const;
      await node.context.database.transaction('test', (transaction) =>
        applyEvidence(node.context, transaction, received),
      );
    },
    /** Passes through all the times of the plan. */
    async waitOut(): Promise<void> {
      for (const seconds of [3, 6, 16, 50, 130, 700, 4000, 22_000, 90_000]) {
        await node.advance(seconds);
        await node.runJobs();
      }
    },
  };
}
