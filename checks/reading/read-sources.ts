import { posix } from 'node:path';
import { type ParseResult, parse, Visitor } from 'oxc-parser';
import { listFiles, readText } from './list-files.ts';

/** A file of code; `parsed` is made into objects only by whoever looks at it. */
export type Source = { path: string; text: string; parsed: ParseResult };

/** One mention of another module; `handsOn` where its names become this module's own. */
export type Import = { specifier: string; line: number; handsOn: 'some' | 'all' | false };

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
  return { path, text, parsed: await parse(path, text) };
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** What a file takes from others: by import, by export, and as a file to run beside it. */
export function readImports({ text, parsed }: Source): Import[] {
  const { staticImports, staticExports, dynamicImports, importMetas } = parsed.module;
  const handedOn = staticExports.flatMap(({ entries }) =>
    entries.slice(0, 1).flatMap(({ moduleRequest, importName }) => {
      if (moduleRequest === null) return [];
      return [{ request: moduleRequest, handsOn: importName.kind === 'Name' ? 'some' : 'all' } as const];
    }),
  );
  const requests = [
    ...staticImports.map(({ moduleRequest }) => ({ request: moduleRequest, handsOn: false }) as const),
    ...handedOn,
    ...dynamicImports.map(({ moduleRequest }) => ({ request: moduleRequest, handsOn: false }) as const),
  ];
  const named = requests.map(({ request: { start, end }, handsOn }) => ({
    specifier: text.slice(start + 1, end - 1),
    line: lineAt(text, start),
    handsOn,
  }));
  return importMetas.length === 0 ? named : [...named, ...readAddresses(text, parsed)];
}

/** The texts that a file writes, piece by piece where something is put between, each with its place. */
export function readTexts({ parsed }: Source): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  new Visitor({
    Literal({ value, start }) {
      if (typeof value === 'string') found.push({ text: value, start: start + 1 });
    },
    TemplateElement: ({ value, start }) => found.push({ text: value.raw, start }),
  }).visit(parsed.program);
  return found;
}

/** `new URL('./worker.js', import.meta.url)` names a file to be run, which is a way to use it. */
function readAddresses(text: string, parsed: ParseResult): Import[] {
  const found: Import[] = [];
  new Visitor({
    NewExpression({ callee, arguments: [address] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL') return;
      if (address?.type !== 'Literal' || typeof address.value !== 'string') return;
      found.push({ specifier: address.value, line: lineAt(text, address.start), handsOn: false });
    },
  }).visit(parsed.program);
  return found.filter(({ specifier }) => /^\.\.?\/.*\.[jt]s$/.test(specifier));
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
