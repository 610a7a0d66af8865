import type { Problem } from './check.ts';
import { keepGenerated } from './reading/compare-generated.ts';
import { readText } from './reading/list-files.ts';
import { loadBuilt } from './reading/load-built.ts';

const describer = 'tests/compatibility/describe-table.ts';
const document = 'docs/compatibility.md';
const block = /(<!-- compatibility:start -->\n)[^]*?(<!-- compatibility:end -->)/;

export const name = 'compatibility-current';

/** The page that says how close to the original we are has what the table of the tests has. */
export const { run, fix } = keepGenerated(document, generate);

async function generate(root: string): Promise<string | Problem> {
  const loaded = await loadBuilt(root, describer);
  if ('problem' in loaded) return loaded.problem;
  const describe = loaded.exports.describeCompatibility;
  if (typeof describe !== 'function')
    return { file: describer, message: 'exports no function `describeCompatibility`' };
  const text = await readText(root, document);
  if (text === undefined || !block.test(text)) {
    const message = 'has no lines <!-- compatibility:start --> and <!-- compatibility:end -->';
    return { file: document, message };
  }
  const table: unknown = describe();
  return text.replace(block, (_, start: string, end: string) => `${start}\n${String(table)}\n${end}`);
}
