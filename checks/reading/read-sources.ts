import { posix } from 'node:path';
import { listFiles, readText } from './list-files.ts';
import { type Module, readModule } from './read-module.ts';
import { readTokens, type Token } from './read-tokens.ts';

export type Source = { path: string; text: string; tokens: Token[]; module: Module };

const read = new Map<string, Promise<Map<string, Source>>>();

/** All TypeScript of the project by path. Several checks want it, so it is read once a run. */
export function readSources(root: string): Promise<Map<string, Source>> {
  const known = read.get(root) ?? readAll(root);
  read.set(root, known);
  return known;
}

async function readAll(root: string): Promise<Map<string, Source>> {
  const paths = (await listFiles(root)).filter(
    (path) => /\.(?:tsx?|mjs)$/.test(path) && !path.endsWith('.d.ts'),
  );
  const sources = await Promise.all(paths.map((path) => readSource(root, path)));
  return new Map(sources.map((source) => [source.path, source]));
}

async function readSource(root: string, path: string): Promise<Source> {
  const text = (await readText(root, path)) ?? '';
  const tokens = readTokens(text, path.endsWith('.tsx'));
  return { path, text, tokens, module: readModule(tokens) };
}

/**
 * The project file that an import means, or nothing for a package from outside. Imports of built files, by
 * the workspace's name or by `build/`, mean the source they are built from.
 */
export function resolveImport(
  sources: ReadonlyMap<string, Source>,
  from: string,
  specifier: string,
): string | undefined {
  const workspace = /^@leveret\/([^/]+)\/(.*)$/.exec(specifier);
  const isRelative = specifier.startsWith('.');
  if (!workspace && !isRelative) return undefined;
  const place = workspace
    ? `${workspace[1]}/${workspace[2]}`
    : posix.normalize(posix.join(posix.dirname(from), specifier));
  const source = place.replace(/^([^/]+)\/build\//, '$1/');
  const stem = source.replace(/\.(?:js|tsx?)$/, '');
  const candidates = [source, `${stem}.ts`, `${stem}.tsx`];
  return candidates.find((candidate) => sources.has(candidate));
}
