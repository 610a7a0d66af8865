import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { createTestDatabase } from '@leveret/server/testing/database.js';
import { Client } from 'pg';
import { apply, type Mutant } from './mutant.ts';
import type { MutatedFile } from './read-places.ts';

/**
 * Mutants that no commit could hold: the compiler refuses them, or the database does not take them as a
 * statement. They count neither way.
 */
export async function findInvalid(
  root: string,
  files: readonly MutatedFile[],
  statements: ReadonlyMap<number, string>,
): Promise<Set<number>> {
  const [code, sql] = await Promise.all([findUncompilable(root, files), findUnpreparable(statements)]);
  return new Set([...code, ...sql]);
}

/** One copy of its file for each mutant, all compiled at once as if they stood beside the others. */
async function findUncompilable(root: string, files: readonly MutatedFile[]): Promise<number[]> {
  const parent = join(root, 'checks/build');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'mutants-'));
  try {
    for (const { file, source, mutants } of files) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      for (const mutant of mutants.filter(({ sort }) => sort === 'code')) {
        const path = join(folder, file.replace(/\.ts$/, `.mutant-${mutant.id}.ts`));
        await writeFile(path, apply(source, changeOf(mutant)));
      }
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(configuration(root, folder)));
    const output = await compile(folder);
    const found = [...output.matchAll(/\.mutant-(\d+)\.ts\(\d+,\d+\): error TS/g)];
    return [...new Set(found.map(([, id]) => Number(id)))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In brackets, since the program that runs has it so too. */
function changeOf({ change, before }: Mutant): Mutant['change'] {
  const isStatements = change.text === '' || before.startsWith('{\n');
  return isStatements || change.text === '{}' ? change : { ...change, text: `(${change.text})` };
}

function configuration(root: string, folder: string): object {
  return {
    extends: relative(folder, join(root, 'tsconfig.base.json')),
    compilerOptions: {
      noEmit: true,
      composite: false,
      declaration: false,
      sourceMap: false,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      rootDirs: [folder, root],
    },
    include: ['**/*.ts'],
  };
}

function compile(folder: string): Promise<string> {
  return new Promise((resolve) => {
    let output = '';
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const child = spawn(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('exit', () => resolve(output));
  });
}

/** The database reads each statement, and runs none. */
async function findUnpreparable(statements: ReadonlyMap<number, string>): Promise<number[]> {
  const database = await createTestDatabase();
  const client = new Client(database.connection);
  await client.connect();
  const refused: number[] = [];
  for (const [id, text] of statements) {
    const isTaken = await client.query(`PREPARE mutant_${id} AS ${text}`).then(
      () => true,
      () => false,
    );
    if (!isTaken) refused.push(id);
  }
  await client.end();
  await database.drop();
  return refused;
}
