import type { Problem } from './check.ts';
import { readText } from './reading/list-files.ts';
import { isRecord } from './reading/load-built.ts';

const lock = 'package-lock.json';
const manifest = 'package.json';

export const name = 'install-quiet';

/**
 * `npm ci` is told to be quiet about the Node that runs it, so what else it would warn of is looked for here:
 * packages that are no longer kept, and install scripts that nobody has allowed or denied.
 */
export async function run(root: string): Promise<Problem[]> {
  const packages = (await readJson(root, lock)).packages;
  const decided = (await readJson(root, manifest)).allowScripts;
  if (!isRecord(packages)) return [{ file: lock, message: 'is missing or lists no packages' }];
  const decisions = isRecord(decided) ? decided : {};
  return Object.entries(packages).flatMap(([place, entry]) => {
    if (!isRecord(entry)) return [];
    const packageName = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const problems: Problem[] = [];
    if (typeof entry.deprecated === 'string')
      problems.push({ file: lock, message: `${packageName} is deprecated: ${entry.deprecated}` });
    if (entry.hasInstallScript === true && !Object.hasOwn(decisions, packageName))
      problems.push({
        file: manifest,
        message: `allowScripts says nothing of ${packageName}: run npm install-scripts deny ${packageName}`,
      });
    return problems;
  });
}

async function readJson(root: string, file: string): Promise<Record<string, unknown>> {
  const parsed: unknown = JSON.parse((await readText(root, file)) ?? '{}');
  return isRecord(parsed) ? parsed : {};
}
