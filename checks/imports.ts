import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { environmentReaders, packages, testSupport, type Zone, zones } from './import-rules.ts';
import { findCycles } from './reading/find-cycles.ts';
import type { Import } from './reading/read-module.ts';
import { readSources, resolveImport, type Source } from './reading/read-sources.ts';

type Sources = ReadonlyMap<string, Source>;

export const name = 'imports';

/** Proves the rules of `import-rules.ts`, and that no files import in a circle. */
export async function run(root: string): Promise<Problem[]> {
  const sources = await readSources(root);
  const files = [...sources.values()];
  return [
    ...files.flatMap((source) => checkDirection(sources, source)),
    ...files.flatMap(checkPackages),
    ...files.flatMap(checkShape),
    ...files.flatMap(checkEnvironment),
    ...checkCycles(sources),
  ];
}

function checkDirection(sources: Sources, source: Source): Problem[] {
  const zone = zones.find((candidate) => matches(source.path, candidate.files));
  if (!zone) {
    return [{ file: source.path, message: 'stands in no zone; give it a line in checks/import-rules.ts' }];
  }
  return source.module.imports.flatMap((imported) => {
    const target = resolveImport(sources, source.path, imported.specifier);
    if (target === undefined) return missingFile(source, imported);
    if (mayImport(zone, source.path, target)) return [];
    const message = `${zone.name} may not import ${target}: ${zone.because}`;
    return [{ file: source.path, line: imported.line, message }];
  });
}

function mayImport(zone: Zone, path: string, target: string): boolean {
  if (/\.test\.tsx?$/.test(target)) return false;
  if (matches(target, testSupport)) return zone.may.includes('**');
  const own = zone.own === undefined ? undefined : path.split('/').slice(0, zone.own).join('/');
  return (own !== undefined && target.startsWith(`${own}/`)) || matches(target, zone.may);
}

function missingFile(source: Source, imported: Import): Problem[] {
  const isOurs = imported.specifier.startsWith('@leveret/') || imported.specifier.startsWith('.');
  if (!isOurs || imported.names === 'all') return [];
  return [
    { file: source.path, line: imported.line, message: `imports ${imported.specifier}, which is not there` },
  ];
}

function checkPackages(source: Source): Problem[] {
  if (!source.path.startsWith('server/')) return [];
  return source.module.imports.flatMap((imported) => {
    const rule = packages.find(({ name: known }) => packageOf(imported.specifier) === known);
    if (!rule || matches(source.path, rule.files)) return [];
    const message = `may not import ${rule.name}: ${rule.because}`;
    return [{ file: source.path, line: imported.line, message }];
  });
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function checkShape(source: Source): Problem[] {
  if (source.path.endsWith('.mjs')) return [];
  const file = source.path;
  const isIndex = /(?:^|\/)index\.tsx?$/.test(file);
  const reExports = source.module.imports
    .filter((imported) => imported.reExports && (isIndex || imported.names === 'all'))
    .map(({ line }) => ({ file, line, message: 're-exports; import from the file that has it' }));
  const defaults = source.module.exports
    .filter((exported) => exported.name === 'default')
    .map(({ line }) => ({ file, line, message: 'default export; give it a name' }));
  return [...reExports, ...defaults];
}

function checkEnvironment(source: Source): Problem[] {
  if (matches(source.path, environmentReaders)) return [];
  const message = 'reads the environment; only server/config/env.ts does, and hands on settings';
  const spelled = source.tokens
    .filter((token, index, all) => {
      return token.text === 'env' && all[index - 1]?.text === '.' && all[index - 2]?.text === 'process';
    })
    .map(({ line }) => ({ file: source.path, line, message }));
  const imported = source.module.imports
    .filter(({ specifier, names }) => /^(?:node:)?process$/.test(specifier) && names.includes('env'))
    .map(({ line }) => ({ file: source.path, line, message }));
  return [...spelled, ...imported];
}

function checkCycles(sources: Sources): Problem[] {
  const graph = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const targets = source.module.imports.map(({ specifier }) => resolveImport(sources, path, specifier));
    graph.set(
      path,
      targets.filter((target) => target !== undefined),
    );
  }
  return findCycles(graph).map((cycle) => ({
    file: cycle[0] ?? '',
    message: `imports in a circle: ${cycle.join(' > ')}`,
  }));
}

function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => posix.matchesGlob(path, pattern));
}
