import { type Connection, requestWriter } from './connection.ts';
import { personOf } from './people.ts';
import { type Tally, unexpected } from './tally.ts';

export type CheckPlan = {
  kind: 'checks';
  port: number;
  token: string;
  connections: number;
  seconds: number;
  /** Readers 0 until this number hold a grant. */
  holders: number;
};

/** Asks for one reader after the other, by e-mail and by mobile in turn. */
export function accessChecker(plan: CheckPlan, tally: Tally): (connection: Connection) => Promise<void> {
  const check = requestWriter('/capi/v1/client/access', plan.token);
  let asked = 0;

  return async (connection) => {
    asked += 1;
    // A step that shares no factor with the number of readers visits them all, in no order of the disk.
    const { email, mobile } = personOf((asked * 7919) % plan.holders);
    const credential = asked % 2 === 0 ? email : mobile;
    const startedAt = performance.now();
    const reply = await connection.post(check({ product: 'DEMO', credential }));
    const milliseconds = performance.now() - startedAt;
    if (reply.status !== 200 || !reply.body.startsWith('{"access":true')) throw unexpected(reply);
    tally.requests.push(milliseconds);
    tally.done.push(milliseconds);
  };
}
