import type { HttpClient } from '../../../kit/http-client.ts';
import { type JudgedAnswer, judgeAnswer } from '../../../kit/judge-answer.ts';
import { isOrderId, type Operation, type OrderAnswer, readOrderAnswer } from './payment-order.ts';
import { readProblem, type SwedbankProblem } from './read-problem.ts';

/** Where and as whom we speak to Swedbank Pay. The base address has no slash at its end. */
export type SwedbankAccount = { baseUrl: string; accessToken: string };

/** How a call ended. Where it was refused, the problem tells why; of what is lost, only the order tells. */
export type SwedbankAnswer =
  /** `isLater`: taken, and still being worked on (202). */
  | { kind: 'answered'; order: OrderAnswer; isLater: boolean; raw: string }
  | { kind: 'refused'; status: number; problem: SwedbankProblem; raw: string }
  | Extract<JudgedAnswer, { kind: 'not sent' | 'unknown' }>;

// The version of the API is part of the media type, and operations are only shown from 3.0 on.
const mediaType = 'application/json;version=3.1';

/** Makes a payment order; source: developer.swedbankpay.com, checkout v3, payment request. */
export function createOrder(
  http: HttpClient,
  account: SwedbankAccount,
  paymentorder: Readonly<Record<string, unknown>>,
): Promise<SwedbankAnswer> {
  return call(http, account, 'POST', `${account.baseUrl}/psp/paymentorders`, { paymentorder });
}

/** Reads a payment order with its money, its tokens and its failed tries. */
export async function readOrder(
  http: HttpClient,
  account: SwedbankAccount,
  orderId: string,
): Promise<SwedbankAnswer> {
  if (!isOrderId(orderId)) return { kind: 'not sent', status: undefined, code: 'not an order id' };
  const expand = 'paid,failed,failedAttempts,financialTransactions';
  return call(http, account, 'GET', `${account.baseUrl}${orderId}?$expand=${expand}`);
}

/**
 * The operation of this name, which the order offers only while it is possible. One whose address is not
 * below the base address is not there for us.
 */
export function findOperation(
  account: SwedbankAccount,
  answer: OrderAnswer,
  rel: string,
): Operation | undefined {
  return answer.operations.find((one) => one.rel === rel && isBelow(account.baseUrl, one.href));
}

/** Carries out an operation that `findOperation` gave. */
export function operate(
  http: HttpClient,
  account: SwedbankAccount,
  operation: Operation,
  body: object,
): Promise<SwedbankAnswer> {
  return call(http, account, operation.method, operation.href, body);
}

/** Ends a stored card for good; the one address that is documented instead of shown. */
export async function deleteToken(
  http: HttpClient,
  account: SwedbankAccount,
  token: string,
  comment: string,
): Promise<Exclude<SwedbankAnswer, { kind: 'answered' }> | { kind: 'deleted'; raw: string }> {
  const url = `${account.baseUrl}/psp/paymentorders/unscheduledtokens/${encodeURIComponent(token)}`;
  const answer = await exchange(http, account, 'PATCH', url, { state: 'Deleted', comment });
  return answer.kind === 'done' ? { kind: 'deleted', raw: answer.raw } : withProblem(answer);
}

async function call(...parameters: Parameters<typeof exchange>): Promise<SwedbankAnswer> {
  const answer = await exchange(...parameters);
  if (answer.kind !== 'done') return withProblem(answer);
  const { status, body, raw } = answer;
  const order = readOrderAnswer(body);
  if (order) return { kind: 'answered', order, isLater: status === 202, raw };
  return { kind: 'unknown', status, code: `status ${status} without an order`, raw };
}

function withProblem(
  answer: Exclude<JudgedAnswer, { kind: 'done' }>,
): Exclude<SwedbankAnswer, { kind: 'answered' }> {
  if (answer.kind !== 'refused') return answer;
  const { status, body, raw } = answer;
  return { kind: 'refused', status, problem: readProblem(status, body), raw };
}

async function exchange(
  http: HttpClient,
  account: SwedbankAccount,
  method: string,
  url: string,
  body?: object,
): Promise<JudgedAnswer> {
  const outcome = await http.send({
    method,
    url,
    headers: {
      authorization: `Bearer ${account.accessToken}`,
      accept: mediaType,
      ...(body && { 'content-type': mediaType }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return judgeAnswer(outcome, { codeOf: (status, read) => readProblem(status, read).name });
}

/** Compared in the form that the address is called by, so that no spelling leads elsewhere. */
function isBelow(baseUrl: string, href: string): boolean {
  return URL.canParse(href) && new URL(href).href.startsWith(new URL(`${baseUrl}/`).href);
}
