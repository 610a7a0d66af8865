import { Visitor } from 'oxc-parser';
import type { Problem } from './check.ts';
import { lineAt, readSources, type Source } from './reading/read-sources.ts';

const adapters = /^server\/payments\/methods\/(?!.*\.test\.ts$)/;
const clocks = new Set(['Date.now', 'performance.now', 'process.hrtime', 'hrtime.bigint']);

export const name = 'clock-given';

/** No payment method reads the node's clock: the database's clock decides, and is given with the request. */
export async function run(root: string): Promise<Problem[]> {
  const sources = [...(await readSources(root)).values()];
  return sources.filter(({ path }) => adapters.test(path)).flatMap(findClocks);
}

function findClocks({ path, text, parsed }: Source): Problem[] {
  const problems: Problem[] = [];
  const refuse = ({ start }: { start: number }) => {
    const message = 'reads the clock of its node; take the time from the request';
    problems.push({ file: path, line: lineAt(text, start), message });
  };
  new Visitor({
    MemberExpression: (member) =>
      clocks.has(text.slice(member.start, member.end)) ? refuse(member) : undefined,
    NewExpression: (made) =>
      made.callee.type === 'Identifier' && made.callee.name === 'Date' && made.arguments.length === 0
        ? refuse(made)
        : undefined,
    CallExpression: (called) =>
      called.callee.type === 'Identifier' && called.callee.name === 'Date' ? refuse(called) : undefined,
  }).visit(parsed.program);
  return problems;
}
