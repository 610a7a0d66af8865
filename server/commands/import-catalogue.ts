import { readFile } from 'node:fs/promises';
import { importCatalogue } from '../catalogue/import-catalogue.ts';
import type { Environment } from '../config/env.ts';
import { Problem } from '../kit/problem.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { readPublisherId, requireParameter } from './read-parameters.ts';

/**
 * `import-catalogue <publisherId> <file.json>`: adds and updates products, offers, issues and articles, whole
 * or not at all.
 */
export async function importCatalogueCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const publisher = readPublisherId(parameters[0]);
  const document: unknown = JSON.parse(
    await readFile(requireParameter(parameters[1], 'a JSON file'), 'utf8'),
  );
  try {
    const counts = await withDatabase(settings, (database) =>
      importCatalogue({ database }, publisher, document),
    );
    const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
    print(`Imported: ${told.join(', ')}.`);
  } catch (error) {
    if (error instanceof Problem) for (const field of error.fields) print(`${field.field}: ${field.message}`);
    throw error;
  }
}
