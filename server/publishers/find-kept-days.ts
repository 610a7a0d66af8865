import type { Queryable } from '../database/statement.ts';
import type { PublisherSettings } from './publisher-settings.ts';
import { listPublishers, type PublisherRow } from './publisher-store.ts';
import { readPublisher } from './read-publisher.ts';

/** The settings that say how many days something is kept. */
type KeptSetting = Extract<keyof PublisherSettings, `keep${string}Days`>;

/** How many days each publisher keeps something. */
export async function findKeptDays(
  database: Queryable,
  setting: KeptSetting,
): Promise<{ publisherId: number; days: number }[]> {
  const rows = await database.query<PublisherRow>(listPublishers);
  return rows
    .map(readPublisher)
    .map(({ publisherId, settings }) => ({ publisherId, days: settings[setting] }));
}
