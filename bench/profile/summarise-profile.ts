import type { CpuProfile } from './record-profile.ts';

const shownFunctions = 40;
const smallestShare = 0.003;

/** Where the busy time of a profile goes, by part and by function: in all, and for each of so many units. */
export function summariseProfile(profile: CpuProfile, units: number): string[] {
  const own = selfTimes(profile);
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const { id, callFrame } of profile.nodes) {
    const time = own.get(id) ?? 0;
    if (time === 0 || callFrame.functionName === '(idle)') continue;
    busy += time;
    add(parts, partOf(callFrame), time);
    add(functions, `${callFrame.functionName || '(anonymous)'} ${shortUrl(callFrame.url)}`, time);
  }
  const idle = profile.timeDeltas.reduce((sum, delta) => sum + delta, 0) - busy;
  const share = (time: number) =>
    `${((100 * time) / busy).toFixed(1).padStart(5)} % ${(time / units).toFixed(1).padStart(7)} us`;
  const lines = (times: Map<string, number>, most: number) =>
    [...times]
      .filter(([, time]) => time > busy * smallestShare)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, time]) => `  ${share(time)}  ${name}`);
  return [
    `busy ${(busy / 1e6).toFixed(2)} s, idle ${(idle / 1e6).toFixed(2)} s`,
    `of the busy time, and for each of ${units}:`,
    ...lines(parts, parts.size),
    'by function:',
    ...lines(functions, shownFunctions),
  ];
}

function selfTimes(profile: CpuProfile): Map<number, number> {
  const own = new Map<number, number>();
  for (const [index, id] of profile.samples.entries()) add(own, id, profile.timeDeltas[index] ?? 0);
  return own;
}

function add<Key>(times: Map<Key, number>, key: Key, time: number): void {
  times.set(key, (times.get(key) ?? 0) + time);
}

function partOf({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'native code outside JavaScript';
  const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (packageName?.startsWith('pg') || packageName?.startsWith('postgres-')) return 'pg';
  if (packageName !== undefined) return packageName;
  const folder = /\/server\/build\/([^/]+(?:\/[^/.]+)?)/.exec(url)?.[1];
  if (folder !== undefined) return `ours: ${folder}`;
  if (url.startsWith('node:')) return `node: ${/^node:(?:internal\/)?([^/]+)/.exec(url)?.[1] ?? ''}`;
  return 'built-in functions';
}

function shortUrl(url: string): string {
  return url.replace(/^.*\/(?:node_modules|server\/build)\//, '');
}
