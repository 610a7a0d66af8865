/** Tables whose rows are locked in this order, each with its key. */
export const lockedTables = {
  orders: 'order_id',
  payments: 'payment_id',
  payment_attempts: 'attempt_id',
} as const;
export type LockedTable = keyof typeof lockedTables;

/** A lock of rows that a statement takes. */
export type Lock = {
  table: LockedTable;
  /** Whether it may wait for another transaction: what skips locked rows does not, nor what is new. */
  waits: boolean;
  /** Whether it locks its rows in the order of their keys. */
  isSorted: boolean;
  /** Which parameter holds the keys, counted from one; nothing where the text does not say. */
  parameter: number | undefined;
};

const clause =
  /\bFOR (?:NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)(?: OF ([\w, ]+?))?(?= (?:SKIP LOCKED|NOWAIT)|\s*(?:\)|$))/g;
const keyword =
  'JOIN|LEFT|RIGHT|INNER|CROSS|ON|USING|WHERE|ORDER|GROUP|LIMIT|FOR|SET|RETURNING|SELECT|VALUES';
const named = `(\\w+)(?: (?:AS )?(?!(?:${keyword})\\b)(\\w+))?`;
const write = new RegExp(`\\b(UPDATE|DELETE FROM|INSERT INTO) (?:ONLY )?${named}`, 'g');
const source = new RegExp(`\\b(?:FROM|JOIN) ${named}`, 'g');

/**
 * The locks of orders, payments and attempts that a statement takes, as they stand in its text. It reads the
 * SQL of this fixture, not every SQL: clauses in capitals, one table after each FROM and JOIN.
 */
export function readLocks(text: string): Lock[] {
  const plain = text
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/\s+/g, ' ');
  const found = [...readWrites(plain), ...readClauses(plain)].sort((one, other) => one.at - other.at);
  // What one part of a statement has locked, the next part writes.
  const first = Map.groupBy(found, ({ lock }) => lock.table);
  return [...first.values()].flatMap(([one]) => one?.lock ?? []);
}

type Found = { at: number; lock: Lock };

function readWrites(text: string): Found[] {
  return [...text.matchAll(write)].flatMap(({ 1: verb, 2: name, 3: alias, index }): Found[] => {
    if (!isLocked(name) || /\b(?:DO|FOR(?: NO KEY)?) $/.test(text.slice(0, index))) return [];
    const own = partAround(text, index);
    const waits = verb !== 'INSERT INTO' || own.text.includes('ON CONFLICT');
    const isNew = verb === 'INSERT INTO';
    const parameter = isNew ? undefined : readParameter(own.text, name, [name, alias ?? name]);
    return [{ at: index, lock: { table: name, waits, isSorted: false, parameter } }];
  });
}

function readClauses(text: string): Found[] {
  return [...text.matchAll(clause)].flatMap((match): Found[] => {
    const own = partAround(text, match.index);
    const sources = [...own.flat.matchAll(source)].map(({ 1: table = '', 2: alias = table }) => ({
      table,
      alias,
    }));
    // PostgreSQL locks the rows of a join in the order in which they are named here.
    const wanted = match[1]?.split(',').map((name) => sources.find(({ alias }) => alias === name.trim()));
    const after = text.slice(match.index + match[0].length);
    return (wanted ?? sources).flatMap((from) => {
      if (!isLocked(from?.table)) return [];
      const { table, alias } = from;
      const isSorted = new RegExp(`ORDER BY (?:\\w+\\.)?${lockedTables[table]}\\b`).test(own.flat);
      const parameter = readParameter(own.text, table, [table, alias]);
      const lock = { table, waits: !after.startsWith(' SKIP LOCKED'), isSorted, parameter };
      return [{ at: match.index, lock }];
    });
  });
}

function isLocked(name = ''): name is LockedTable {
  return Object.hasOwn(lockedTables, name);
}

/** The parameter that the key is compared with, by itself, as a list or beside its publisher. */
function readParameter(text: string, table: LockedTable, names: readonly string[]): number | undefined {
  const key = `(?:(?:${names.join('|')})\\.)?${lockedTables[table]}`;
  const list = 'SELECT \\* FROM unnest\\(\\$\\d+::integer\\[\\], \\$(\\d+)::';
  const number = [`${key} = (?:ANY \\()?\\$(\\d+)`, `\\((?:\\w+\\.)?publisher_id, ${key}\\) IN \\(${list}`]
    .map((pattern) => new RegExp(`(?<![\\w.])${pattern}`).exec(text)?.[1])
    .find((one) => one !== undefined);
  return number === undefined ? undefined : Number(number);
}

/** The part of a statement between the brackets around a place; `flat` is without brackets within it. */
function partAround(text: string, at: number): { text: string; flat: string } {
  let from = at;
  for (let depth = 0; from > 0; from -= 1) {
    if (text[from - 1] === ')') depth += 1;
    if (text[from - 1] === '(') depth -= 1;
    if (depth < 0) break;
  }
  let [to, depth, flat] = [from, 0, ''];
  for (; to < text.length; to += 1) {
    if (text[to] === ')') depth -= 1;
    if (depth < 0) break;
    if (depth === 0) flat += text[to];
    if (text[to] === '(') depth += 1;
  }
  return { text: text.slice(from, to), flat };
}
