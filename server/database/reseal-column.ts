import { newestPrefix, reseal, type SealingKeys } from '../kit/seal.ts';
import { type Queryable, sql } from './statement.ts';

/** Where sealed values stand, and the place that each is bound to. Its domain declares it. */
export type SealedColumn = {
  table: string;
  column: string;
  where?: string;
  /** The columns that name a row, with their types. */
  key: Readonly<Record<string, 'bigint' | 'integer' | 'text'>>;
  /** How the value is read as bytes and written from them, where the column is something else. */
  read?: string;
  write?(fresh: string): string;
  placeOf(row: Readonly<Record<string, unknown>>): string;
};

/** How many values were sealed anew, and how many no known key opens. */
export type Resealed = { resealed: number; unopened: number };

type Row = Record<string, unknown> & { sealed: Buffer };

const batchSize = 200;

/**
 * Seals every value of a column anew that the newest key did not seal, a small batch at a time. Nodes may run
 * beside it: a row that changed meanwhile is left as it is. May be repeated, and go on where it was ended.
 */
export async function resealColumn(
  database: Queryable,
  keys: SealingKeys,
  column: SealedColumn,
): Promise<Resealed> {
  const names = Object.keys(column.key);
  const total: Resealed = { resealed: 0, unopened: 0 };
  let last: Row | undefined;
  for (;;) {
    const rows: Row[] = await listStale(database, keys, column, last);
    if (rows.length === 0) return total;
    last = rows.at(-1);
    const fresh = rows.flatMap((row) => {
      const sealed = tryReseal(keys, column.placeOf(row), row.sealed);
      return sealed ? [{ row, sealed }] : [];
    });
    total.unopened += rows.length - fresh.length;
    const written = await database.query<Row>(updateStatement(column), [
      ...names.map((name) => fresh.map(({ row }) => row[name])),
      fresh.map(({ row }) => row.sealed),
      fresh.map(({ sealed }) => sealed),
    ]);
    total.resealed += written.length;
  }
}

function tryReseal(keys: SealingKeys, place: string, sealed: Buffer): Buffer | undefined {
  try {
    return reseal(keys, place, sealed);
  } catch {
    return undefined;
  }
}

function listStale(
  database: Queryable,
  keys: SealingKeys,
  column: SealedColumn,
  last: Row | undefined,
): Promise<Row[]> {
  const prefix = newestPrefix(keys);
  const after = last ? Object.keys(column.key).map((name) => last[name]) : [];
  return database.query<Row>(listStatement(column, last !== undefined), [prefix, ...after]);
}

function listStatement(column: SealedColumn, goesOn: boolean) {
  const { table, where = 'true', key, read = column.column } = column;
  const names = Object.keys(key).join(', ');
  const placeholders = Object.values(key).map((type, index) => `$${index + 2}::${type}`);
  const after = goesOn ? `AND (${names}) > (${placeholders.join(', ')})` : '';
  return sql(
    `${table}.listStale${goesOn ? 'After' : ''}`,
    `SELECT * FROM (SELECT ${names}, ${read} AS sealed FROM ${table} WHERE ${where} ${after}) known
     WHERE substring(sealed FROM 1 FOR length($1::bytea)) <> $1::bytea ORDER BY ${names} LIMIT ${batchSize}`,
  );
}

function updateStatement(column: SealedColumn) {
  const { table, key, read = column.column, write = (fresh: string) => fresh } = column;
  const names = Object.keys(key);
  const arrays = [...Object.values(key), 'bytea', 'bytea'].map((type, index) => `$${index + 1}::${type}[]`);
  const given = [...names, 'old_value', 'fresh_value'].join(', ');
  const same = names.map((name) => `${table}.${name} = given.${name}`).join(' AND ');
  return sql(
    `${table}.reseal`,
    `UPDATE ${table} SET ${column.column} = ${write('given.fresh_value')}
     FROM unnest(${arrays.join(', ')}) AS given (${given})
     WHERE ${same} AND ${qualify(table, column.column, read)} = given.old_value RETURNING given.*`,
  );
}

/** The unnested list has columns of the same names as the key, never as the value. */
function qualify(table: string, column: string, expression: string): string {
  return expression.replace(new RegExp(`\\b${column}\\b`), `${table}.${column}`);
}
