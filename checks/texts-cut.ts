import { type CallExpression, Visitor } from 'oxc-parser';
import type { Problem } from './check.ts';
import { lineAt, readSources, type Source } from './reading/read-sources.ts';

/** What speaks to providers, where half a character would go out. */
const adapters = /^server\/(?:payments\/methods|provider-clients|messages\/channels)\//;
const cutter = 'server/kit/cut-text.ts';

export const name = 'texts-cut';

/** Texts that go to providers are cut by one function, which never leaves half a character. */
export async function run(root: string): Promise<Problem[]> {
  const sources = [...(await readSources(root)).values()];
  return sources
    .filter(({ path }) => /^server\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && path !== cutter)
    .flatMap(findCuts);
}

function findCuts({ path, text, parsed }: Source): Problem[] {
  if (!/\.(?:slice|substr|substring)\(/.test(text)) return [];
  const problems: Problem[] = [];
  new Visitor({
    CallExpression(called) {
      if (!isCutBySpread(called) && !(adapters.test(path) && isCutByUnits(called))) return;
      const message = `cuts a text by itself; use ${cutter}`;
      problems.push({ file: path, line: lineAt(text, called.start), message });
    },
  }).visit(parsed.program);
  return problems;
}

/** `text.slice(0, n)`, `text.substring(n)`, `text.substr(n)` */
function isCutByUnits(called: CallExpression): boolean {
  const [first, second] = called.arguments;
  const method = methodOf(called);
  if (method === 'slice') return first?.type === 'Literal' && first.value === 0 && second !== undefined;
  return method === 'substring' || method === 'substr';
}

/** `[...text].slice(0, n)` */
function isCutBySpread(called: CallExpression): boolean {
  if (methodOf(called) !== 'slice' || called.callee.type !== 'MemberExpression') return false;
  const { object } = called.callee;
  return object.type === 'ArrayExpression' && object.elements[0]?.type === 'SpreadElement';
}

function methodOf({ callee }: CallExpression): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  return callee.property.name;
}
