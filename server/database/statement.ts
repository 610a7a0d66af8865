import { createHash } from 'node:crypto';

/** One SQL statement with a name: prepared once a connection, and shown by that name in logs and profiles. */
export type Statement = { readonly name: string; readonly text: string };

/** The name carries a hash of the text, so that two releases on one pooled connection never share a plan. */
export function sql(name: string, text: string): Statement {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return { name: `${name.slice(0, 54)}:${hash}`, text };
}

/** Anything that runs one statement: the database, or a transaction. */
export type Queryable = {
  query<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
};
