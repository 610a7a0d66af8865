import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU used since each began; nothing where the system has no /proc. */
export type CpuSeconds = { node: number; postgres: number; load: number; receiver: number; machine: number };

export type Watched = { node: number; postmaster: number; load: number; receiver: number };

const ticksPerSecond = 100;

/** Reads the CPU time of the watched processes, of all of PostgreSQL, and of the whole machine. */
export function readCpuSeconds(watched: Watched): CpuSeconds | undefined {
  const machine = readMachine();
  if (machine === undefined) return undefined;
  const own = (pid: number) => readStat(pid)?.seconds ?? 0;
  return {
    node: own(watched.node),
    postgres: readFamily(watched.postmaster),
    load: own(watched.load),
    receiver: own(watched.receiver),
    machine,
  };
}

/** What one unit of work cost, in microseconds of CPU, and how much of the machine others took meanwhile. */
export function describeCpu(
  before: CpuSeconds | undefined,
  after: CpuSeconds | undefined,
  units: number,
): string {
  if (before === undefined || after === undefined || units === 0) return '';
  const used = (name: keyof CpuSeconds) => after[name] - before[name];
  const each = (name: keyof CpuSeconds) => Math.round((used(name) / units) * 1e6);
  const ours = used('node') + used('postgres') + used('load') + used('receiver');
  const others = Math.max(0, Math.round(100 * (1 - ours / used('machine'))));
  const shares = `node ${each('node')}, PostgreSQL ${each('postgres')}, client ${each('load')}`;
  return `CPU us each: ${shares}; others took ${others} % of the busy time`;
}

/** The peak of a process's resident memory since it began, and its present one, in MiB. */
export function readMemory(pid: number): { peak: number; now: number } | undefined {
  const text = readText(`/proc/${pid}/status`);
  const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text ?? '')?.[1]);
  return text === undefined ? undefined : { peak: kibibytes('VmHWM') / 1024, now: kibibytes('VmRSS') / 1024 };
}

/** The parent of a process: that of a backend is the server. */
export function readParent(pid: number): number {
  return readStat(pid)?.parent ?? 0;
}

/** The server with its children; those that have ended are counted by it. */
function readFamily(postmaster: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = children.flatMap((name) => readStat(Number(name)) ?? []);
  const live = stats.filter((stat) => stat.parent === postmaster);
  const server = readStat(postmaster);
  return (
    (server?.seconds ?? 0) + (server?.endedSeconds ?? 0) + live.reduce((sum, one) => sum + one.seconds, 0)
  );
}

function readStat(pid: number): { parent: number; seconds: number; endedSeconds: number } | undefined {
  const text = readText(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The program's name stands in parentheses and may hold spaces and parentheses itself.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (first: number) => ((fields[first] ?? 0) + (fields[first + 1] ?? 0)) / ticksPerSecond;
  return { parent: fields[1] ?? 0, seconds: ticks(11), endedSeconds: ticks(13) };
}

function readMachine(): number | undefined {
  const line = readText('/proc/stat')?.split('\n', 1)[0];
  if (line === undefined) return undefined;
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).map(Number);
  return (user + nice + system + irq + softirq) / ticksPerSecond;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
