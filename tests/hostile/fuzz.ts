import { Agent } from 'node:http';
import fc from 'fast-check';

import { captureLog } from '../builders/capture-log.ts';

import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { judge } from './fuzz/judge.ts';
import { makeBytes } from './fuzz/make-bytes.ts';
import { makeCaller } from './fuzz/make-caller.ts';
import { type Made, makeRequest } from './fuzz/make-request.ts';
import { chance, type Draw } from './fuzz/make-value.ts';
import { sendBytes, sendMade } from './fuzz/send.ts';
import { sweep } from './fuzz/sweep.ts';
import { listTargets } from './fuzz/targets.ts';

export type FuzzOptions = {
  /** How many requests to draw by the seed. */
  requests: number;
  seed: number;
  /** Whether each field is also given each hostile value by itself, first. */
  sweeps: boolean;
};

export type FuzzReport = FuzzOptions & {
  /** How often each status was answered, in all and by endpoint. */
  answers: Map<string, number>;
  /** What was wrong, with the first request that showed it. */
  faults: Map<string, { count: number; example: string }>;
  crashes: unknown[];
  errorLines: string[];
};

type Shot = { made: Made; bytes: Buffer | undefined };

const atOnce = 8;

/** Sends bad requests to every endpoint of a fixture of its own. The same seed makes the same requests. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const log = captureLog();
  const fixture = await buildFixture({ realTime: false, log: log.log });
  const crashes: unknown[] = [];
  const onCrash = (error: unknown) => crashes.push(error);
  process.on('unhandledRejection', onCrash);
  try {
    const report: FuzzReport = { ...options, answers: new Map(), faults: new Map(), crashes, errorLines: [] };
    const shots = await makeShots(fixture, options);
    await sendAll(fixture, shots, report);
    return { ...report, errorLines: log.lines.filter((line) => line.includes('"level":"error"')) };
  } finally {
    process.off('unhandledRejection', onCrash);
    await fixture.close();
  }
}

async function makeShots(fixture: Fixture, options: FuzzOptions): Promise<Shot[]> {
  const targets = await listTargets();
  const caller = await makeCaller(fixture);
  const shot = fc.gen().map((draw: Draw): Shot => {
    const made = makeRequest(draw, targets, caller);
    return { made, bytes: chance(draw, 20) ? makeBytes(draw, made) : undefined };
  });
  const swept = options.sweeps ? [...sweep(targets, caller)] : [];
  const drawn = fc.sample(shot, { numRuns: options.requests, seed: options.seed });
  return [...swept.map((made): Shot => ({ made, bytes: undefined })), ...drawn];
}

async function sendAll(fixture: Fixture, shots: Shot[], report: FuzzReport): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const base = new URL(fixture.url);
  const waiting = shots.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const shot of waiting) await sendShot(base, agent, shot, report);
    }),
  );
  agent.destroy();
}

async function sendShot(base: URL, agent: Agent, { made, bytes }: Shot, report: FuzzReport): Promise<void> {
  try {
    const answers = bytes ? await sendBytes(base, bytes) : [await sendMade(base, agent, made)];
    for (const answer of answers) {
      for (const key of bytes ? ['all'] : ['all', made.target.name]) count(report, `${key} ${answer.status}`);
      if (bytes && answer.status === 100) continue;
      const fault = bytes ? judgeBytes(made, answer) : judge(made.target, made.method, answer);
      if (fault !== undefined)
        note(report, `${made.target.name}: ${fault}`, `${show(made, bytes)}\n${answer.text}`);
    }
  } catch (error) {
    note(report, `${made.target.name}: ${String(error)}`, show(made, bytes));
  }
}

function count({ answers }: FuzzReport, key: string): void {
  answers.set(key, (answers.get(key) ?? 0) + 1);
}

/** Bytes may have become a request for something else, so only what holds for every answer is asked of it. */
function judgeBytes(made: Made, answer: Parameters<typeof judge>[2]): string | undefined {
  const any = { ...made.target, kind: 'page' as const, replies: {} };
  return answer.status < 500 || answer.status === 503 ? undefined : judge(any, made.method, answer);
}

function note(report: FuzzReport, fault: string, example: string): void {
  const seen = report.faults.get(fault);
  if (seen) seen.count += 1;
  else report.faults.set(fault, { count: 1, example: example.slice(0, 2000) });
}

function show(made: Made, bytes: Buffer | undefined): string {
  if (bytes) return JSON.stringify(bytes.toString('latin1'));
  const headers = made.headers.filter(([name]) => name !== 'authorization');
  return `${made.method} ${made.url}\n${JSON.stringify(headers)}\n${made.body?.toString() ?? ''}`;
}

const byName = ([one]: [string, number], [other]: [string, number]) => one.localeCompare(other);

/** The report in words. */
export function describeFuzz(report: FuzzReport): string {
  const lines = [
    `${report.sweeps ? 'each field by itself, then ' : ''}${report.requests} requests by seed ${report.seed}`,
    ...[...report.answers].sort(byName).map(([what, times]) => `${what}: ${times}`),
    ...[...report.faults].map(([fault, { count, example }]) => `${count} x ${fault}\n${example}\n`),
    ...report.errorLines,
    ...report.crashes.map((error) => `unhandled: ${error instanceof Error ? error.stack : String(error)}`),
  ];
  return lines.join('\n');
}

export function isClean(report: FuzzReport): boolean {
  return report.faults.size + report.errorLines.length + report.crashes.length === 0;
}

if (import.meta.main) {
  const numberOf = (name: string, otherwise: number) =>
    Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
  const seed = numberOf('seed', Math.floor(Math.random() * 2 ** 31));
  const sweeps = !process.argv.includes('--no-sweep');
  const report = await runFuzz({ requests: numberOf('requests', 10_000), seed, sweeps });
  console.log(describeFuzz(report));
  process.exitCode = isClean(report) ? 0 : 1;
}
