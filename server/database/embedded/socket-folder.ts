import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, give } from './account.ts';
import type { Places } from './places.ts';

/** A socket's path may hold 107 bytes, and PostgreSQL adds `/.s.PGSQL.5432` to the folder. */
export const longestSocketFolderBytes = 93;

/**
 * The folder of the Unix socket, open to the server's account alone (and to root). Where the data folder's
 * path is too long, a short temporary folder is made and remembered in the data folder.
 */
export function prepareSocketFolder(places: Places, account: Account | undefined): string {
  if (fits(places.socket)) {
    mkdirSync(places.socket, { recursive: true, mode: 0o700 });
    give(places.socket, account);
    return places.socket;
  }
  const known = rememberedFolder(places);
  if (known !== undefined && isOurs(known, account)) return known;
  const base = process.getuid?.() === 0 || !fits(join(tmpdir(), 'leveret-XXXXXX')) ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(base, 'leveret-'));
  give(folder, account);
  writeFileSync(places.shortSocket, folder);
  return folder;
}

/** Takes the temporary folder away after a clean stop. */
export function removeShortSocketFolder(places: Places): void {
  const folder = rememberedFolder(places);
  if (folder === undefined) return;
  rmSync(folder, { recursive: true, force: true });
  rmSync(places.shortSocket, { force: true });
}

/** The folder of the socket that a running server of this data folder listens on. */
export function socketFolderOf(places: Places): string {
  return fits(places.socket) ? places.socket : (rememberedFolder(places) ?? places.socket);
}

function rememberedFolder(places: Places): string | undefined {
  if (lstatSync(places.shortSocket, { throwIfNoEntry: false }) === undefined) return undefined;
  const folder = readFileSync(places.shortSocket, 'utf8');
  return /\/leveret-[^/]{6}$/.test(folder) ? folder : undefined;
}

/** Anyone may make a folder in `/tmp`: one that another account put in our place is not used. */
function isOurs(folder: string, account: Account | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const owner = account?.uid ?? process.getuid?.();
  return found !== undefined && found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) <= longestSocketFolderBytes;
}
