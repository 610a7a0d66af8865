import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Finding } from '../findings.ts';
import { personOf } from '../load/people.ts';
import type { Options } from '../read-options.ts';
import { readMemory } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';
import { insertPlainly } from './plain-people.ts';

const everyBroken = 10_000;
const main = fileURLToPath(import.meta.resolve('@leveret/server/main.js'));

/** Customers with a reader, an address and access each: in, in again, and out, by the operator's commands. */
export async function measurePeople(stage: Stage, options: Options): Promise<Finding[]> {
  const count = options.isQuick ? 10_000 : 100_000;
  const folder = await mkdtemp(join(tmpdir(), 'leveret-bench-people-'));
  try {
    const file = join(folder, 'people.jsonl');
    await pipeline(Readable.from(linesOf(count)), createWriteStream(file));
    const plain = await insertPlainly(stage.database, file);
    const first = await run(stage, ['import', 'people', '1000', file]);
    const again = await run(stage, ['import', 'people', '1000', file]);
    const out = await run(stage, ['export', 'people', '1000', join(folder, 'out.jsonl')]);
    const broken = Math.floor((count - 1) / everyBroken) + 1;
    expect(first.told, `new ${count - broken}, changed 0, there already 0, refused ${broken}`);
    expect(again.told, `new 0, changed 0, there already ${count - broken}, refused ${broken}`);
    return [
      found(
        'people brought',
        count,
        first,
        `${((count / first.seconds / plain) * 100).toFixed(0)} % of plain`,
      ),
      found('people brought again, nothing changed', count, again, `${broken} broken lines named each time`),
      found('people written to a file', count, out, '', 20_000),
      { figure: 'the same rows by plain inserts, 500 at once', value: plain, unit: 'people/s' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Ran = { told: string; seconds: number; peak: number };

function found(figure: string, count: number, ran: Ran, note: string, atLeast?: number): Finding {
  const memory = `${Math.round(ran.peak)} MiB at most`;
  return {
    figure,
    value: count / ran.seconds,
    unit: 'people/s',
    ...(atLeast !== undefined && { goal: { atLeast } }),
    note: [memory, note].filter((part) => part !== '').join('; '),
  };
}

function expect(told: string, counts: string): void {
  if (!told.includes(counts)) throw new Error(`not "${counts}" but ${told.slice(-300)}`);
}

function* linesOf(count: number): Generator<string> {
  for (let number = 0; number < count; number += 1) {
    const { email, mobile } = personOf(number);
    const isBroken = number % everyBroken === 0;
    yield `${JSON.stringify({
      customerNumber: 2_000_000 + number,
      name: { firstName: 'Kari', lastName: `Nordmann ${number}` },
      emails: [isBroken ? 'kari@' : email],
      phoneNumbers: [mobile],
      addresses: [
        {
          streetAddress: 'Storgata',
          streetNumber: 12,
          postalCode: '0155',
          period: { startDate: '2020-01-01' },
        },
      ],
      externalReferences: [{ referenceCode: 'CRM', externalId: `K${number}` }],
      accounts: [
        {
          uniqueUserId: number.toString(16).padStart(32, '0'),
          credentials: [{ credential: email, provenAt: '2020-01-01' }, { credential: mobile }],
          access: [{ product: 'DEMO', startsAt: '2026-01-01', endsAt: '2090-01-01' }],
        },
      ],
    })}\n`;
  }
}

/** Runs a command as an operator does; answers what it told, how long it took, and its resident memory. */
async function run({ environment }: Stage, words: readonly string[]): Promise<Ran> {
  const begun = performance.now();
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [told, peak] = ['', 0];
  child.stdout.on('data', (chunk) => (told += String(chunk)));
  const look = setInterval(() => {
    peak = Math.max(peak, readMemory(child.pid ?? 0)?.peak || 0);
  }, 50);
  await once(child, 'close');
  clearInterval(look);
  return { told, seconds: (performance.now() - begun) / 1000, peak };
}
