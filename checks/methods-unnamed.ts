import { type Expression, type PropertyKey, Visitor } from 'oxc-parser';
import type { Problem } from './check.ts';
import { lineAt, readSources, type Source } from './reading/read-sources.ts';

/** What speaks to providers or sets them up, and the public names with what the API's description says. */
const mayName = [
  /^server\/payments\/methods\//,
  /^server\/(?:provider-clients|messages\/channels|commands|testing)\//,
  /^server\/orders\/(?:payment-methods|order-body)\.ts$/,
  /^server\/kit\/problem-codes\.ts$/,
];
const publicList = 'server/orders/payment-methods.ts';
/** No other word of the house looks like these. */
const brands = /vipps|mobilepay|kustom|klarna|\bkco\b|swedbank|payex|swish|strex|nexi|smsPay/i;
/** Properties that describe the API, with values to paste. */
const documents = new Set(['examples', 'example', 'description']);
/** Fields of the API that carry the evidence of a prepaid order. */
const publicFields = /^paymentInfo[A-Z]/;
const ofMethod = /method$/i;
const comparedInSql = /payment_method\s*(?:(?:=|<>|!=)\s*|(?:NOT\s+)?IN\s*\(\s*)'(\w+)'/i;

export const name = 'methods-unnamed';

/**
 * No payment method is named outside its folder and the public list: what the core must know of one, its
 * adapter says. A name that is a common word too (`sms`) is looked for where a method is compared.
 */
export async function run(root: string): Promise<Problem[]> {
  const sources = await readSources(root);
  const names = publicNames(sources.get(publicList));
  return [...sources.values()]
    .filter(({ path }) => /^(?:server|pages)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .filter(({ path }) => !mayName.some((places) => places.test(path)))
    .flatMap((source) => findNames(source, names));
}

/** The keys of the table in the public list. */
function publicNames(source: Source | undefined): Set<string> {
  const names = new Set<string>();
  if (!source) return names;
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type !== 'Identifier' || id.name !== 'rules') return;
      const table = init && withoutTypes(init);
      if (table?.type !== 'ObjectExpression') return;
      for (const one of table.properties) if (one.type === 'Property') names.add(keyOf(one.key));
    },
  }).visit(source.parsed.program);
  return names;
}

function withoutTypes(expression: Expression): Expression {
  const isTyped = expression.type === 'TSAsExpression' || expression.type === 'TSSatisfiesExpression';
  return isTyped ? withoutTypes(expression.expression) : expression;
}

function keyOf(key: PropertyKey): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

function findNames({ path, text, parsed }: Source, names: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const described: { start: number; end: number }[] = [];
  const textOf = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
  const refuse = (what: string, { start }: { start: number }) => {
    if (described.some((part) => part.start <= start && start < part.end)) return;
    const message = `names ${what}; let its adapter say what is asked here (server/payments/port)`;
    problems.push({ file: path, line: lineAt(text, start), message });
  };
  const lookAt = (said: string, node: { start: number }) => {
    const [brand] = brands.exec(said) ?? [];
    const [, inSql] = comparedInSql.exec(said) ?? [];
    if (brand !== undefined && !publicFields.test(said)) refuse(brand, node);
    else if (inSql !== undefined) refuse(inSql, node);
  };
  const compare = (method: Expression, other: Expression) => {
    if (!ofMethod.test(textOf(method)) || other.type !== 'Literal') return;
    if (names.has(String(other.value)) && !brands.test(String(other.value)))
      refuse(String(other.value), other);
  };
  new Visitor({
    Property(property) {
      if (documents.has(keyOf(property.key))) described.push(property);
      if (property.key.type === 'Identifier') lookAt(property.key.name, property.key);
    },
    Literal(literal) {
      if (typeof literal.value === 'string') lookAt(literal.value, literal);
    },
    TemplateElement: (element) => lookAt(element.value.raw, element),
    BinaryExpression({ left, right }) {
      compare(left, right);
      compare(right, left);
    },
    SwitchStatement({ discriminant, cases }) {
      for (const { test } of cases) if (test) compare(discriminant, test);
    },
    CallExpression({ callee, arguments: given }) {
      const [method] = given;
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'ArrayExpression') return;
      if (!method || method.type === 'SpreadElement') return;
      for (const one of callee.object.elements) {
        if (one && one.type !== 'SpreadElement') compare(method, one);
      }
    },
  }).visit(parsed.program);
  return problems;
}
