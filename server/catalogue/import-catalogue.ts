import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import { parseCatalogueDocument } from './catalogue-document.ts';
import { bumpVersion, findKnownCodes, upsertRows } from './import-store.ts';
import { readCatalogueRows } from './read-catalogue-rows.ts';

type Context = { database: Database };

export type ImportCounts = {
  products: number;
  offers: number;
  issues: number;
  articles: number;
  categories: number;
  version: number;
};

/**
 * Adds what is new and updates what is known; nothing is taken away, so that a part can be sent alone. The
 * document is written whole or not at all. Errors: `input_is_invalid` with every broken field, `not_found`
 * for an unknown publisher.
 */
export async function importCatalogue(
  context: Context,
  publisherId: PublisherId,
  document: unknown,
): Promise<ImportCounts> {
  const given = parseCatalogueDocument(document);
  if (given.problems.length > 0) throw refusal(given.problems);
  return context.database.transaction('import-catalogue', async (transaction) => {
    const bumped = await bumpVersion(transaction, publisherId);
    if (!bumped) throw new Problem('not_found');
    const known = await findKnownCodes(transaction, publisherId);
    const { rows, problems } = readCatalogueRows(given.document, { currency: bumped.currency, ...known });
    if (problems.length > 0) throw refusal(problems);
    await upsertRows(transaction, publisherId, rows);
    return {
      products: rows.products.length,
      offers: rows.offers.length,
      issues: rows.issues.length,
      articles: rows.articles.length,
      categories: rows.categories.length,
      version: bumped.version,
    };
  });
}

function refusal(problems: Problem['fields']): Problem {
  const [first] = problems;
  return new Problem('input_is_invalid', {
    ...(first && { detail: first.message }),
    fields: problems.slice(0, 100),
  });
}
