import { type Node, visitorKeys } from 'oxc-parser';

const typeParts = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'decorators',
  'quasis',
]);
const typedExpressions = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

/** The parts of a node that run, in the order of the text: no types, no imports, no texts of exceptions. */
export function childrenOf(node: Node): Node[] {
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || isException(node))
    return [];
  const keys = (visitorKeys[node.type] ?? []).filter((key) => !typeParts.has(key));
  return keys
    .filter((key) => !(key === 'key' && 'computed' in node && !node.computed))
    .flatMap((key) => partsOf(node, key))
    .filter(({ type }) => !type.startsWith('TS') || typedExpressions.has(type))
    .sort((one, other) => one.start - other.start);
}

function partsOf(node: Node, key: string): Node[] {
  const part: unknown = Reflect.get(node, key);
  return (Array.isArray(part) ? part : [part]).filter(isNode);
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'type' in part && 'start' in part;
}

function isException(node: Node): boolean {
  return (
    node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name.endsWith('Error')
  );
}

export function isFunction({ type }: Node): boolean {
  return (
    type === 'ArrowFunctionExpression' || type === 'FunctionDeclaration' || type === 'FunctionExpression'
  );
}

/** Whether the text only names something in logs and profiles. */
export function isLabel(node: Node, parent: Node): boolean {
  if (parent.type === 'ExpressionStatement') return node.type === 'Literal';
  if (parent.type !== 'CallExpression' || parent.arguments[0] !== node) return false;
  const { callee } = parent;
  const called = callee.type === 'MemberExpression' ? callee.property : callee;
  return called.type === 'Identifier' && ['sql', 'transaction', 'failpoint'].includes(called.name);
}

/** The text of a statement that is given as it is written: `sql('name', 'text')`. */
export function statementText(node: Node): (Node & { type: 'Literal' | 'TemplateLiteral' }) | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'sql')
    return undefined;
  const text = node.arguments[1];
  return text?.type === 'TemplateLiteral' || text?.type === 'Literal' ? text : undefined;
}

/** A value without functions, calls or names: each reading may make it anew. */
export function isPlain(node: Node): boolean {
  const plain = [
    'Literal',
    'ArrayExpression',
    'ObjectExpression',
    'Property',
    'TemplateLiteral',
    'UnaryExpression',
  ];
  return plain.includes(node.type) && childrenOf(node).every(isPlain);
}

/** The name that a declaration gives, or nothing. */
export function nameOf(node: Node): string {
  const named = node.type === 'VariableDeclaration' ? node.declarations[0] : node;
  if (named?.type !== 'VariableDeclarator' && named?.type !== 'FunctionDeclaration') return '';
  return named.id?.type === 'Identifier' ? named.id.name : '';
}
