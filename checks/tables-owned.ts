import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { listFiles, readText } from './reading/list-files.ts';
import { lineAt, readSources, readTexts, type Source } from './reading/read-sources.ts';
import { type Shared, sharedTables } from './table-rules.ts';

const schema = 'server/database/schema.sql';
const rules = 'checks/table-rules.ts';
const tests = /\.test\.ts$|^server\/testing\//;
const writing = /\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|TRUNCATE) ([a-z_]+)/g;

/** The room whose README owns a table; or a statement of a file in a room that writes one. */
type Owner = { table: string; room: string };
type Write = Owner & { file: string; line: number };

export const name = 'tables-owned';

/**
 * Each table of the schema stands in the "Owns" of one room's README, and only that room's SQL writes it.
 * What others write as well stands in `table-rules.ts` with its reason.
 */
export async function run(root: string): Promise<Problem[]> {
  const tables = readTables((await readText(root, schema)) ?? '');
  const rooms = await readRooms(root);
  const owners = [...rooms].flatMap(([room, words]) =>
    words.filter((word) => tables.includes(word)).map((table) => ({ table, room })),
  );
  const sources = [...(await readSources(root)).values()];
  const writes = sources.filter(mayWrite).flatMap((source) => findWrites(source, [...rooms.keys()]));
  const foreign = writes.filter(({ table }) => tables.includes(table)).filter((write) => !has(owners, write));
  return [
    ...tables.flatMap((table) => judgeOwners(table, owners)),
    ...foreign.filter((write) => !has(sharedTables, write)).map(refuse),
    ...(await findNeedless(root, [...foreign, ...owners])),
  ];
}

function readTables(text: string): string[] {
  return [...text.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, table = '']) => table);
}

/** Each folder of the server whose README says what it owns, with the words of code in what it says. */
async function readRooms(root: string): Promise<Map<string, string[]>> {
  const readmes = (await listFiles(root, 'server')).filter((file) => file.endsWith('/README.md'));
  const rooms = await Promise.all(
    readmes.map(async (file) => {
      const owns = /\*\*Owns\*\*(.*?)(?:\*\*Does not own|\n\n|$)/s.exec((await readText(root, file)) ?? '');
      const words = [...(owns?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
      return owns ? ([[posix.dirname(file), words]] as const) : [];
    }),
  );
  return new Map(rooms.flat());
}

function mayWrite({ path, text }: Source): boolean {
  return path.startsWith('server/') && !tests.test(path) && text.search(writing) >= 0;
}

function findWrites(source: Source, rooms: readonly string[]): Write[] {
  const { path, text } = source;
  const room = rooms
    .filter((candidate) => path.startsWith(`${candidate}/`))
    .reduce((one, other) => (other.length > one.length ? other : one), '');
  return readTexts(source).flatMap((written) =>
    [...written.text.matchAll(writing)].map(({ index, 1: table = '' }) => {
      return { table, room, file: path, line: lineAt(text, written.start + index) };
    }),
  );
}

function judgeOwners(table: string, owners: readonly Owner[]): Problem[] {
  const named = owners.filter((owner) => owner.table === table && !has(sharedTables, owner));
  if (named.length === 1) return [];
  const by = named.length === 0 ? 'no room' : named.map(({ room }) => room).join(' and ');
  return [{ file: schema, message: `${table} is owned by ${by}: name it in the "Owns" of one README` }];
}

function refuse({ table, room, file, line }: Write): Problem {
  const its = room === '' ? 'its room' : room;
  const message = `writes ${table}, which ${its} does not own; report an event to the room that does`;
  return { file, line, message };
}

/** An exception that nothing needs any more. */
async function findNeedless(root: string, used: readonly Owner[]): Promise<Problem[]> {
  if ((await readText(root, rules)) === undefined) return [];
  return sharedTables
    .filter((shared) => !has(used, shared))
    .map(({ table, room }) => ({
      file: rules,
      message: `${room} writes ${table} no more; take the line out`,
    }));
}

function has(list: readonly (Owner | Shared)[], { table, room }: Owner): boolean {
  return list.some((one) => one.table === table && one.room === room);
}
