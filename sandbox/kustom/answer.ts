import { randomUUID } from 'node:crypto';

/** What the imitated API answers to one request. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** An error as Kustom writes it. */
export function refuse(status: number, code: string, message: string): Answer {
  return {
    status,
    body: { error_code: code, error_messages: [message], correlation_id: randomUUID() },
  };
}

export const readOnly = (): Answer => refuse(403, 'READ_ONLY_ORDER', 'The order can no longer be changed');
export const noSuchOrder = (): Answer => refuse(404, 'NO_SUCH_ORDER', 'No order has this id');
export const done: Answer = { status: 204 };
