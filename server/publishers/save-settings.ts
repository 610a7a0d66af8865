import { writeAct } from '../database/act-log.ts';
import type { Queryable } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import { type Declared, readSettingChanges, type SettingChanges } from '../kit/setting.ts';
import { clientProfile, clientSettings } from './client-settings.ts';
import { publisherProfile, publisherSettings } from './publisher-settings.ts';
import { updateClient, updatePublisher } from './publisher-store.ts';

/**
 * Changes what is named and leaves the rest; `null` gives a setting its default again. All or nothing: a
 * broken rule throws `setting_is_invalid`, which names every field. Answers whether there is such a
 * publisher. Other nodes see the change within five seconds.
 */
export async function savePublisherSettings(
  database: Queryable,
  publisherId: PublisherId,
  given: Readonly<object>,
): Promise<boolean> {
  const changes = readChanges(publisherProfile, publisherSettings, given);
  const rows = await database.query(updatePublisher, [publisherId, ...changes]);
  return rows.length > 0;
}

/** The same, with the act of it: which settings were named, and not what they say. */
export function changePublisherSettings(
  database: Database,
  publisherId: PublisherId,
  given: Readonly<object>,
): Promise<boolean> {
  return database.transaction('change publisher', async (transaction) => {
    const isKnown = await savePublisherSettings(transaction, publisherId, given);
    const act = { publisherId, subjectId: publisherId, facts: { settings: Object.keys(given) } };
    if (isKnown) await writeAct(transaction, act);
    return isKnown;
  });
}

/** As `savePublisherSettings`, for one client of the publisher. */
export async function saveClientSettings(
  database: Queryable,
  publisherId: PublisherId,
  clientId: string,
  given: Readonly<object>,
): Promise<boolean> {
  const changes = readChanges(clientProfile, clientSettings, given);
  const rows = await database.query(updateClient, [publisherId, clientId, ...changes]);
  return rows.length > 0;
}

/** Columns to write, settings to write, and names of settings to drop. */
function readChanges(
  profile: Declared,
  settings: Declared,
  given: Readonly<object>,
): [string, string, string[]] {
  const changes = readSettingChanges({ ...profile, ...settings }, given);
  throwIfAny(changes);
  const columns: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(changes.set)) {
    (Object.hasOwn(profile, name) ? columns : values)[name] = value;
  }
  for (const name of changes.reset) {
    const declared = Object.hasOwn(profile, name) ? profile[name] : undefined;
    if (declared) columns[name] = declared.default;
  }
  return [JSON.stringify(columns), JSON.stringify(values), changes.reset];
}

function throwIfAny({ problems }: SettingChanges): void {
  const [first] = problems;
  if (first) throw new Problem('setting_is_invalid', { detail: first.message, fields: problems });
}
