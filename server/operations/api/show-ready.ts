import { Type } from 'typebox';
import { sql } from '../../database/statement.ts';
import { type Database } from '../../database/transaction.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';

type Context = { database: Database; readiness: { isStopping: boolean } };

const ping = sql('operations.ping', 'SELECT 1 AS one');

export const showReady = endpoint({
  operationId: 'showReady',
  summary: 'Say whether the node can take orders now',
  description: 'For a load balancer: 503 while the database does not answer, or the node is stopping',
  reply: Type.Object({ status: Type.Literal('ready') }),
  async handle(context: Context): Promise<Answer> {
    const unready = new Problem('temporarily_unavailable', {
      detail: 'the node cannot take orders now',
      retryAfterSeconds: 1,
    });
    if (context.readiness.isStopping) throw unready;
    try {
      await context.database.query(ping);
    } catch {
      throw unready;
    }
    return { body: { status: 'ready' } };
  },
});
