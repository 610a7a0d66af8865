import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { packages, type Staircase, staircases, testSupport, type Zone, zones } from './import-rules.ts';
import { type Import, readImports, readSources, resolveImport, type Source } from './reading/read-sources.ts';

/** An import of a file, with the file of the project that it means, if it is one. */
type Arrow = Import & { path: string; target: string | undefined };

export const name = 'imports';

/** Proves the rules of `import-rules.ts`. */
export async function run(root: string): Promise<Problem[]> {
  const sources = await readSources(root);
  return [...sources.values()].flatMap((source) => {
    const arrows = findArrows(sources, source);
    return [
      ...checkDirection(source.path, arrows),
      ...checkStairs(arrows),
      ...checkPackages(arrows),
      ...checkShape(arrows),
    ];
  });
}

/** How many imports from a room above there are. The rooms have one order, so none means no circle either. */
export async function describe(root: string): Promise<string> {
  const sources = await readSources(root);
  const up = [...sources.values()].flatMap((source) => checkStairs(findArrows(sources, source)));
  return `${up.length} imports from a room above`;
}

function findArrows(sources: ReadonlyMap<string, Source>, source: Source): Arrow[] {
  const { path } = source;
  return readImports(source).map((imported) => {
    return { ...imported, path, target: resolveImport(sources, path, imported.specifier) };
  });
}

function checkDirection(path: string, arrows: readonly Arrow[]): Problem[] {
  const zone = zones.find((candidate) => matches(path, candidate.files));
  if (!zone) return [{ file: path, message: 'stands in no zone; give it a line in checks/import-rules.ts' }];
  return arrows.flatMap(({ target, line }) => {
    if (target === undefined || mayImport(zone, path, target)) return [];
    return [{ file: path, line, message: `${zone.name} may not import ${target}: ${zone.because}` }];
  });
}

function mayImport(zone: Zone, path: string, target: string): boolean {
  if (/\.test\.tsx?$/.test(target)) return false;
  if (matches(target, testSupport) && zone.isTest !== true) return false;
  const own = zone.own === undefined ? undefined : path.split('/').slice(0, zone.own).join('/');
  return (own !== undefined && target.startsWith(`${own}/`)) || matches(target, zone.may);
}

function checkStairs(arrows: readonly Arrow[]): Problem[] {
  return arrows.flatMap(({ path, target, line }) => {
    const isOfTests = /\.test\.tsx?$/.test(path) || matches(path, testSupport);
    if (isOfTests || target === undefined || !staircases.some((stairs) => isUp(stairs, path, target)))
      return [];
    const message = `imports ${target}, from a room above: see staircases in checks/import-rules.ts`;
    return [{ file: path, line, message }];
  });
}

function isUp(stairs: Staircase, path: string, target: string): boolean {
  const [from, to] = [stepOf(stairs, path), stepOf(stairs, target)];
  return from !== undefined && to !== undefined && from < to;
}

function stepOf({ folder, steps, beside }: Staircase, path: string): number | undefined {
  if (!path.startsWith(`${folder}/`) || beside.includes(path)) return undefined;
  const [name = '', file] = path.slice(folder.length + 1).split('/');
  if (steps.includes(name)) return steps.indexOf(name);
  return file === undefined ? -1 : steps.length;
}

function checkPackages(arrows: readonly Arrow[]): Problem[] {
  return arrows.flatMap(({ path, specifier, line }) => {
    const rule = packages.find(({ name: known }) => packageOf(specifier) === known);
    if (!rule || !path.startsWith('server/') || matches(path, rule.files)) return [];
    return [{ file: path, line, message: `may not import ${rule.name}: ${rule.because}` }];
  });
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function checkShape(arrows: readonly Arrow[]): Problem[] {
  return arrows
    .filter(({ path, handsOn }) => handsOn === 'all' || (handsOn === 'some' && /\bindex\.tsx?$/.test(path)))
    .map(({ path, line }) => ({ file: path, line, message: 're-exports; import from the file that has it' }));
}

function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => posix.matchesGlob(path, pattern));
}
