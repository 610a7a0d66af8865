import type { Problem } from './check.ts';
import { compareGenerated, writeGenerated } from './reading/compare-generated.ts';
import { loadBuilt } from './reading/load-built.ts';

const builder = 'server/openapi.ts';
const document = 'openapi.json';

export const name = 'openapi-current';

/** The committed description of the API is what the server would publish. */
export async function run(root: string): Promise<Problem[]> {
  const generated = await generate(root);
  return typeof generated === 'string' ? compareGenerated(root, document, generated) : [generated];
}

export async function fix(root: string): Promise<void> {
  const generated = await generate(root);
  if (typeof generated === 'string') await writeGenerated(root, document, generated);
}

async function generate(root: string): Promise<string | Problem> {
  const loaded = await loadBuilt(root, builder);
  if ('problem' in loaded) return loaded.problem;
  const build = loaded.exports.buildOpenApi;
  if (typeof build !== 'function') return { file: builder, message: 'exports no function `buildOpenApi`' };
  const built: unknown = await build();
  return `${JSON.stringify(built, null, 2)}\n`;
}
