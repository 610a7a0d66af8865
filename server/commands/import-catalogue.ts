import { readFile } from 'node:fs/promises';
import { importCatalogue } from '../catalogue/import-catalogue.ts';
import type { Environment } from '../config/env.ts';
import { createPool } from '../database/connect.ts';
import { createDatabase } from '../database/transaction.ts';
import { publisherId } from '../kit/ids.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { Problem } from '../kit/problem.ts';
import { openDatabase } from './open-database.ts';
import { print } from './print.ts';

/** `import-catalogue <publisherId> <file.json>`: adds and updates products, offers, issues and articles, whole or not at all. */
export async function importCatalogueCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const [publisher, file] = parameters;
  if (!/^\d{1,9}$/.test(publisher ?? '') || file === undefined) {
    throw new OperatorError('import-catalogue takes the id of a publisher and a JSON file.');
  }
  const document: unknown = JSON.parse(await readFile(file, 'utf8'));
  const opened = await openDatabase(settings, print);
  const pool = createPool({ ...settings, connection: opened.connection }, () => {});
  const database = createDatabase(pool, {
    preparedStatements: true,
    report: async () => {},
    random: Math.random,
  });
  try {
    const counts = await importCatalogue({ database }, publisherId(Number(publisher)), document);
    print(
      `Imported ${Object.entries(counts)
        .map(([what, count]) => `${what} ${count}`)
        .join(', ')}.`,
    );
  } catch (error) {
    if (error instanceof Problem) for (const field of error.fields) print(`${field.field}: ${field.message}`);
    throw error;
  } finally {
    await database.close();
    await opened.stop();
  }
}
