import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { readSources, resolveImport, type Source } from './reading/read-sources.ts';

type Sources = ReadonlyMap<string, Source>;

/** Files that are started rather than imported. */
const entries = [
  '*.mjs',
  '*/*.mjs',
  '{server,sandbox,bench,checks}/main.ts',
  '**/*.test.{ts,tsx}',
  'bench/*/main.ts',
  'tests/crashes/{run,failpoints,page-payments}.ts',
  'tests/hostile/{fuzz,providers}.ts',
  'tests/conformance/permutations.ts',
  'server/openapi.ts',
];

/** What the checks load from the built server, by path and not by import. */
const readByChecks: [string, string][] = [
  ['server/api.ts', 'api'],
  ['server/journey.ts', 'journey'],
  ['server/openapi.ts', 'buildOpenApi'],
  ['server/kit/problem-codes.ts', 'problemCodes'],
];

const mainEntry = 'server/main.ts';

export const name = 'dead-files';

/** Every file is reached from an entry, and every exported name is used by another file; tests count. */
export async function run(root: string): Promise<Problem[]> {
  const sources = await readSources(root);
  if (!sources.has(mainEntry)) return [{ file: mainEntry, message: `waiting for ${mainEntry}` }];
  const reached = reach(sources);
  const dead = [...sources.keys()].filter((path) => !reached.has(path));
  const used = collectUses(sources);
  return [
    ...dead.map((file) => ({ file, message: 'is imported by nothing; delete it or use it' })),
    ...[...sources.values()]
      .filter((source) => reached.has(source.path))
      .flatMap((source) => findUnused(source, used)),
  ];
}

function reach(sources: Sources): Set<string> {
  const reached = new Set<string>();
  const waiting = [...sources.keys()].filter(isEntry);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { specifier } of sources.get(path)?.module.imports ?? []) {
      const target = resolveImport(sources, path, specifier);
      if (target !== undefined) waiting.push(target);
    }
  }
  return reached;
}

/** The names that others take from each file; `*` where one takes all of it. */
function collectUses(sources: Sources): Map<string, Set<string>> {
  const used = new Map(readByChecks.map(([path, name]) => [path, new Set([name])]));
  for (const [path, source] of sources) {
    for (const { specifier, names } of source.module.imports) {
      const target = resolveImport(sources, path, specifier);
      if (target === undefined || target === path) continue;
      const known = used.get(target) ?? new Set();
      used.set(target, known.union(new Set(names === 'all' ? ['*'] : names)));
    }
  }
  return used;
}

function findUnused(source: Source, used: Map<string, Set<string>>): Problem[] {
  const names = used.get(source.path) ?? new Set();
  if (names.has('*') || (isEntry(source.path) && names.size === 0)) return [];
  return source.module.exports
    .filter((exported) => !names.has(exported.name))
    .filter((exported) => !(exported.isType && isMentioned(source, exported.name)))
    .map((exported) => ({
      file: source.path,
      line: exported.line,
      message: `${exported.name} is exported but no other file uses it`,
    }));
}

/** A type may be exported for the reader of a function beside it that others call. */
function isMentioned(source: Source, name: string): boolean {
  return source.tokens.filter((token) => token.kind === 'name' && token.text === name).length > 1;
}

function isEntry(path: string): boolean {
  return entries.some((pattern) => posix.matchesGlob(path, pattern));
}
