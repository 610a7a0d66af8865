/** What a delivery report says: whether more may follow, and whether money was taken (null: nobody knows). */
export type ResultCode = {
  meaning: string;
  final: boolean;
  delivered: boolean | null;
  billed: boolean | null;
};

const yes = true;
const no = false;

/**
 * The result codes of delivery reports; source: LINK Mobility, "SMS REST API MT and Delivery Reports" 1.18.
 */
export const resultCodes: ReadonlyMap<number, ResultCode> = new Map(
  (
    [
      [0, 'unknown error', yes, no, no],
      [1, 'temporary routing error', yes, no, no],
      [2, 'permanent routing error', yes, no, no],
      [3, 'throttled', yes, no, no],
      [4, 'timeout', yes, null, null],
      [5, 'operator unknown error', yes, null, null],
      [6, 'operator error', yes, no, no],
      [104, 'configuration error', yes, no, no],
      [105, 'LINK internal error', yes, no, no],
      [1000, 'sent to operator', no, no, no],
      [1001, 'delivered, and billed when it was a charged message', yes, yes, yes],
      [1002, 'expired', yes, no, no],
      [1003, 'deleted', yes, no, no],
      [1004, 'handset full', yes, no, no],
      [1005, 'queued', no, no, no],
      [1006, 'not delivered', yes, no, no],
      [1007, 'delivered, billing delayed', no, yes, no],
      [1008, 'billed before sending', no, no, yes],
      [1009, 'billed but not delivered', yes, no, yes],
      [1010, 'expired without an operator report', yes, null, null],
      [1011, 'billed and sent to operator', no, no, yes],
      [1012, 'temporary billing error, will be retried by LINK', no, no, no],
      [1013, 'sent to operator, billing delayed', no, no, no],
      [2000, 'invalid source', yes, no, no],
      [2001, 'short number not allowed as source', yes, no, no],
      [2002, 'alpha not allowed as source', yes, no, no],
      [2003, 'MSISDN not allowed as source', yes, no, no],
      [2100, 'short number not allowed as destination', yes, no, no],
      [2101, 'alpha not allowed as destination', yes, no, no],
      [2102, 'MSISDN not allowed as destination', yes, no, no],
      [2103, 'operation blocked for this destination', yes, no, no],
      [2104, 'unknown subscriber', yes, no, no],
      [2105, 'subscriber permanently barred', yes, no, no],
      [2106, 'number error', yes, no, no],
      [2107, 'subscriber temporarily barred', yes, no, no],
      [2200, 'charging error', yes, no, no],
      [2201, 'low balance', yes, no, no],
      [2202, 'subscriber barred for premium', yes, no, no],
      [2203, 'subscriber too young', yes, no, no],
      [2204, 'prepaid not allowed', yes, no, no],
      [2205, 'service rejected by subscriber', yes, no, no],
      [2206, 'subscriber not registered in payment system', yes, no, no],
      [2207, 'subscriber reached spending limit', yes, no, no],
      [3000, 'GSM encoding unsupported', yes, no, no],
      [3001, 'UCS2 unsupported', yes, no, no],
      [3002, 'binary unsupported', yes, no, no],
      [4000, 'delivery report unsupported', yes, no, no],
      [4001, 'invalid message content', yes, no, no],
      [4002, 'invalid tariff', yes, no, no],
      [4003, 'invalid user data', yes, no, no],
      [4004, 'invalid user data header', yes, no, no],
      [4005, 'invalid data coding', yes, no, no],
      [4006, 'invalid VAT', yes, no, no],
      [4007, 'content unsupported for destination', yes, no, no],
    ] satisfies [number, string, boolean, boolean | null, boolean | null][]
  ).map(([code, meaning, final, delivered, billed]) => [code, { meaning, final, delivered, billed }]),
);
