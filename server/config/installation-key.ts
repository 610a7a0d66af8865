import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../kit/operator-error.ts';
import type { InstallationKeySource } from './key-source.ts';

/**
 * Answers the installation's keys of 32 bytes each, newest first: the given ones, or the lines of the key
 * file, and behind them the former ones. The file is made on the first start, readable by its owner only, and
 * is whole or absent whatever ends the process; of two nodes that start at once, one makes it.
 */
export async function loadInstallationKeys(source: InstallationKeySource): Promise<Buffer[]> {
  if (source.kind === 'given') return [source.key, ...source.former];
  const text = (await readIfThere(source.path)) ?? (await makeKeyFile(source.path));
  const keys = text
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line.trim(), 'base64'));
  if (keys.some((key) => key.length !== 32))
    throw new OperatorError(`The key file ${source.path} does not hold 32 bytes in base64 on each line.`);
  return [...keys, ...source.former];
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function makeKeyFile(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(draft, `${randomBytes(32).toString('base64')}\n`);
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(dirname(path));
  return readFile(path, 'utf8');
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
