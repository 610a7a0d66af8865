import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** A headless Chromium: the one that `CHROMIUM` names, else the one that comes with the packages. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM'];
  if (given !== undefined) return chromium.launch({ executablePath: given });
  const folder = await unpackedChromium();
  const libraries = join(folder, 'al2023', 'lib');
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
}

/** Unpacks once for each account, whole or not at all, whichever test comes first. */
async function unpackedChromium(): Promise<string> {
  const folder = join(tmpdir(), `leveret-chromium-153-${process.getuid?.() ?? 0}`);
  if (existsSync(folder)) return folder;
  const draft = await mkdtemp(`${folder}-`);
  const archives = new URL('../bin/', import.meta.resolve('@sparticuz/chromium'));
  const outside = process.env['TMPDIR'];
  process.env['TMPDIR'] = draft;
  try {
    for (const name of ['chromium.br', 'al2023.tar.br'])
      await inflate(fileURLToPath(new URL(name, archives)));
  } finally {
    if (outside === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = outside;
  }
  try {
    await rename(draft, folder);
  } catch {
    await rm(draft, { recursive: true });
  }
  return folder;
}
