import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStart } from './processes.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts';

// Many may run on one machine at once.
const memoryMegabytes = 512;

/** A server in a new temporary folder, which `stop` removes. For tests and benchmarks. */
export async function startTemporaryPostgres(log: (line: string) => void): Promise<EmbeddedPostgres> {
  removeAbandonedFolders();
  const dataDirectory = mkdtempSync(join(tmpdir(), `leveret-test-${process.pid}-`));
  chmodSync(dataDirectory, 0o755); // Under root another account runs the server.
  const server = await startEmbeddedPostgres({ dataDirectory, memoryMegabytes, log }).catch(
    (error: unknown) => {
      rmSync(dataDirectory, { recursive: true, force: true });
      throw error;
    },
  );
  const stop = async () => {
    await server.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  return { ...server, stop };
}

/** A process that was killed leaves its folder behind; the name tells whose it was. */
function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^leveret-test-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || processStart(Number(owner)) !== undefined) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another account, whose next run removes it.
    }
  }
}
