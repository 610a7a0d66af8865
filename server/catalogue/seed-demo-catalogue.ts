import { readFile } from 'node:fs/promises';
import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { readVersion } from './catalogue-store.ts';
import { importCatalogue } from './import-catalogue.ts';

const document = new URL('../../catalogue/demo-catalogue.json', import.meta.url);

/** Gives the demo publisher its catalogue once; what is changed afterwards stays as it is. */
export async function seedDemoCatalogue(
  context: { database: Database },
  publisherId: PublisherId,
): Promise<void> {
  if ((await readVersion(context.database, publisherId)) > 0) return;
  await importCatalogue(context, publisherId, JSON.parse(await readFile(document, 'utf8')));
}
