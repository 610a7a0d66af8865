import type { Settings } from '../config/settings.ts';
import { type Act, writeAct } from '../database/act-log.ts';
import type { Database } from '../database/transaction.ts';
import { commandOrigin, type OriginCall } from '../kit/origin.ts';
import { withDatabase } from './open-database.ts';

/**
 * Does one piece of work in one transaction, with the act of it; a throw leaves neither. `actOf` says what
 * was acted on, once the work has told.
 */
export function withAct<Result>(
  settings: Settings,
  call: OriginCall,
  actOf: (result: Result) => Act,
  work: (database: Database) => Promise<Result>,
  options?: { makes: boolean },
): Promise<Result> {
  const whole = (database: Database) =>
    database.startedBy({ ...commandOrigin, call }).transaction(call.operationId, async (transaction) => {
      const within: Database = {
        ...database,
        query: transaction.query,
        transaction: (_name, part) => part(transaction),
      };
      const result = await work(within);
      await writeAct(transaction, actOf(result));
      return result;
    });
  return withDatabase(settings, whole, options);
}
