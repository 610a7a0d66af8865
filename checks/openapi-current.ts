import type { Problem } from './check.ts';
import { keepGenerated } from './reading/compare-generated.ts';
import { loadBuilt } from './reading/load-built.ts';

const builder = 'server/openapi.ts';
const document = 'openapi.json';

export const name = 'openapi-current';

/** The committed description of the API is what the server would publish. */
export const { run, fix } = keepGenerated(document, generate);

async function generate(root: string): Promise<string | Problem> {
  const loaded = await loadBuilt(root, builder);
  if ('problem' in loaded) return loaded.problem;
  const build = loaded.exports.buildOpenApi;
  if (typeof build !== 'function') return { file: builder, message: 'exports no function `buildOpenApi`' };
  const built: unknown = await build();
  return `${JSON.stringify(built, null, 2)}\n`;
}
