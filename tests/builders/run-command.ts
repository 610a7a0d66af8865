import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testDatabaseVariables } from '@leveret/server/testing/database.js';

/** How a command ended, and all that it said. */
export type Ended = { code: number | null; out: string; said: string };

const main = fileURLToPath(import.meta.resolve('@leveret/server/main.js'));
const mostMilliseconds = 120_000;

/** Runs one of the operator's commands as a process of its own, as `npx leveret` does after building. */
export function runCommand(parameters: readonly string[], variables: Record<string, string>): Promise<Ended> {
  return runProgram(main, parameters, variables);
}

/** Runs any program of ours with its parameters until it ends. */
export async function runProgram(
  file: string,
  parameters: readonly string[],
  variables: Record<string, string>,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...parameters], {
    env: {
      PATH: process.env['PATH'] ?? '',
      LEVERET_KEY: commandKey,
      ...testDatabaseVariables(),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: mostMilliseconds,
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, said };
}

/** A key of a test's installation that live mode takes. */
export const commandKey = Buffer.from(
  Array.from({ length: 32 }, (_, index) => (index * 37 + 200) % 256),
).toString('base64');

/** What live mode asks for beside the key. */
export const liveVariables = { LEVERET_MODE: 'live', PUBLIC_URL: 'https://orders.example.no' };
