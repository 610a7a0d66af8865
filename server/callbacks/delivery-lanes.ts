import type { Secrets } from '../config/secrets.ts';
import { type Database, isConstraintBreach, sqlState } from '../database/transaction.ts';
import { createBatch } from '../kit/batch.ts';
import { type CallbackKey, findCallbackKeys } from './callback-keys.ts';
import { type DeliveryKey, type LoadedDelivery, loadDeliveries } from './load-delivery.ts';
import { type MadeTry, recordTries } from './record-try.ts';

/** What deliveries that run at once ask of the database, by one statement for all of them. */
export type DeliveryLanes = {
  /** Answers nothing for a delivery that is not there. */
  load(key: DeliveryKey): Promise<{ delivery: LoadedDelivery | undefined }>;
  findKeys(publisherId: number): Promise<CallbackKey[]>;
  /** Writes down the try of a callback, which has no endpoint. */
  record(made: MadeTry): Promise<void>;
};

type Context = { database: Database; secrets: Pick<Secrets, 'sealing'> };

const maxSize = 256;

export function createDeliveryLanes(context: Context): DeliveryLanes {
  const { database } = context;
  const load = createBatch<DeliveryKey, { delivery: LoadedDelivery | undefined }>({
    async run(keys) {
      return (await loadDeliveries(database, keys)).map((delivery) => ({ delivery }));
    },
    maxSize,
    isFaultOfOne: () => false,
  });
  const findKeys = createBatch<number, CallbackKey[]>({
    async run(publisherIds) {
      const asked = [...new Set(publisherIds)];
      const keys = await Promise.all(asked.map((id) => findCallbackKeys(context, id)));
      const byPublisher = new Map(asked.map((id, index) => [id, keys[index] ?? []]));
      return publisherIds.map((id) => byPublisher.get(id) ?? []);
    },
    maxSize,
    isFaultOfOne: () => false,
  });
  const record = createBatch<MadeTry, true>({
    async run(tries) {
      for (const round of withoutRepeats(tries)) await recordTries(database, round);
      return tries.map(() => true);
    },
    maxSize,
    isFaultOfOne: (error) => isConstraintBreach(error) || sqlState(error) === lockNotAvailable,
  });
  return { load, findKeys, record: async (made) => void (await record(made)) };
}

/** One delivery that somebody holds locked may not keep the tries of the others from being written. */
const lockNotAvailable = '55P03';

/** One statement moves a row once; two runners of one delivery may end at the same time. */
function withoutRepeats(tries: readonly MadeTry[]): MadeTry[][] {
  const rounds: { tries: MadeTry[]; ids: Set<number> }[] = [];
  for (const one of tries) {
    const id = one.delivery.delivery_id;
    const round = rounds.find(({ ids }) => !ids.has(id));
    if (round) {
      round.tries.push(one);
      round.ids.add(id);
    } else rounds.push({ tries: [one], ids: new Set([id]) });
  }
  return rounds.map((round) => round.tries);
}
