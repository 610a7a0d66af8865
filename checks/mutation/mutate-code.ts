import type { CallExpression, LogicalExpression, Node } from 'oxc-parser';

const comparisons = new Map<string, readonly string[]>(
  Object.entries({
    '<': ['<=', '>='],
    '<=': ['<', '>'],
    '>': ['>=', '<='],
    '>=': ['>', '<'],
    '===': ['!=='],
    '!==': ['==='],
  }),
);
const sums = new Map<string, string>(Object.entries({ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' }));
const joins = new Map<string, string>(Object.entries({ '&&': '||', '||': '&&', '??': '&&' }));
const assignments = new Map<string, string>(
  Object.entries({
    '+=': '-=',
    '-=': '+=',
    '*=': '/=',
    '/=': '*=',
    '??=': '&&=',
    '&&=': '||=',
    '||=': '&&=',
  }),
);
const methods = new Map<string, string>(
  Object.entries({
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    toUpperCase: 'toLowerCase',
    toLowerCase: 'toUpperCase',
    min: 'max',
    max: 'min',
  }),
);
const dropped = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'flat']);

type TextOf = (part: Node) => string;
type Operation = Node & { type: 'BinaryExpression' | 'LogicalExpression' | 'AssignmentExpression' };

/**
 * What may stand in a node's place to break it in a small way: the mutations that Stryker documents
 * (https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators) but for regular expressions.
 */
export function mutateCode(node: Node, parent: Node, source: string): string[] {
  const text = (part: Node) => source.slice(part.start, part.end);
  const own = breaksOf(node, text);
  if (isTest(node, parent) && !own.includes('true')) return [...own, 'true', 'false'];
  const isAnswer = parent.type === 'ArrowFunctionExpression' && parent.body === node;
  return isAnswer && node.type !== 'BlockStatement' ? [...own, 'undefined'] : own;
}

function breaksOf(node: Node, text: TextOf): string[] {
  switch (node.type) {
    case 'BinaryExpression':
      return breaksOfBinary(node, text);
    case 'LogicalExpression':
      return breaksOfLogical(node, text);
    case 'AssignmentExpression':
      return withOperator(node, assignments.get(node.operator), text);
    case 'UpdateExpression': {
      const other = node.operator === '++' ? '--' : '++';
      return [node.prefix ? `${other}${text(node.argument)}` : `${text(node.argument)}${other}`];
    }
    case 'UnaryExpression':
      if (node.operator === '!') return [text(node.argument)];
      return node.operator === '-' ? [`+${text(node.argument)}`] : [];
    case 'Literal':
      return breaksOfLiteral(node.value);
    case 'TemplateLiteral':
      return ['``'];
    case 'ArrayExpression':
      return [node.elements.length === 0 ? '["planted"]' : '[]'];
    case 'ObjectExpression':
      return node.properties.length === 0 ? [] : ['{}'];
    case 'CallExpression':
      return breaksOfCall(node, text);
    case 'ChainExpression':
      return breaksOfChain(text(node));
    case 'BlockStatement':
      return node.body.length === 0 ? [] : ['{}'];
    default:
      return [];
  }
}

function breaksOfBinary(node: Operation & { type: 'BinaryExpression' }, text: TextOf): string[] {
  const compared = comparisons.get(node.operator);
  if (compared) {
    return [...compared.flatMap((other) => withOperator(node, other, text)), 'true', 'false'];
  }
  const isOfTexts = [node.left, node.right].some(
    (part) => part.type === 'TemplateLiteral' || (part.type === 'Literal' && typeof part.value === 'string'),
  );
  return isOfTexts ? [] : withOperator(node, sums.get(node.operator), text);
}

function breaksOfLogical(node: LogicalExpression, text: TextOf): string[] {
  if (node.operator === '??') return [text(node.left), text(node.right)];
  return [...withOperator(node, joins.get(node.operator), text), 'true', 'false'];
}

/** The same with another operator; brackets and all else stay as they are written. */
function withOperator(node: Operation, other: string | undefined, text: TextOf): string[] {
  if (other === undefined) return [];
  const whole = text(node);
  const [from, to] = [node.left.end - node.start, node.right.start - node.start];
  const between = whole.slice(from, to).replace(node.operator, () => other);
  return [whole.slice(0, from) + between + whole.slice(to)];
}

function breaksOfLiteral(value: unknown): string[] {
  if (typeof value === 'boolean') return [String(!value)];
  if (typeof value === 'string') return [value === '' ? "'planted'" : "''"];
  return [];
}

function breaksOfCall(node: CallExpression, text: TextOf): string[] {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return [];
  const { name } = callee.property;
  if (dropped.has(name)) return [text(callee.object)];
  const other = methods.get(name);
  if (other === undefined) return [];
  const whole = text(node);
  const at = callee.property.start - node.start;
  return [whole.slice(0, at) + other + whole.slice(at + name.length)];
}

/** Each `?.` of a chain in turn asks for what may not be there. */
function breaksOfChain(chain: string): string[] {
  return [...chain.matchAll(/\?\.(?=(.))/g)].map(({ index, 1: next }) => {
    const isCallOrPlace = next === '(' || next === '[';
    return `${chain.slice(0, index)}${isCallOrPlace ? '' : '.'}${chain.slice(index + 2)}`;
  });
}

/** Whether the node decides which way to go. */
function isTest(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
      return parent.test === node;
    default:
      return false;
  }
}
