import { parseArgs } from 'node:util';

const ownNames = ['orders', 'yardsticks', 'access', 'poisoned', 'redirect', 'neighbours'] as const;
/** `databases` needs packages of the machine, and `people` fills the database: both run where named. */
const benchmarkNames = [...ownNames, 'databases', 'people'] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

export type Options = {
  names: readonly BenchmarkName[];
  /** A short run for a first look: its figures scatter more. */
  isQuick: boolean;
  isProfiled: boolean;
  jsonFile: string | undefined;
  /** Times everything against a database with this many old orders, and nothing else. */
  oldOrders: number | undefined;
  /** Measured seconds of a run, and of each run of a pair. */
  seconds: number;
  pairSeconds: number;
  pairs: number;
  holders: number;
};

const usage = `Usage: npm run bench -- [${benchmarkNames.join('] [')}] [options]

  --quick        about 20 seconds, for a first look
  --profile      also a CPU profile of the node under each load
  --json <file>  also write every figure to a file
  --old-orders <number>  time every endpoint, job and command with so many old orders, and nothing else`;

/**
 * Reads the command line; without names, everything that needs no other package is measured. Throws for what
 * it does not know.
 */
export function readOptions(parameters: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      json: { type: 'string' },
      'old-orders': { type: 'string' },
    },
  });
  const names = positionals.map(readName);
  const isQuick = values.quick;
  return {
    names: names.length === 0 ? ownNames : names,
    isQuick,
    isProfiled: values.profile,
    jsonFile: values.json,
    oldOrders: readCount(values['old-orders']),
    seconds: isQuick ? 1.5 : 8,
    pairSeconds: isQuick ? 0.7 : 3,
    pairs: isQuick ? 2 : 7,
    holders: isQuick ? 5000 : 50_000,
  };
}

function readCount(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new Error(`--old-orders must be a number, such as 1000000.\n\n${usage}`);
}

function readName(word: string): BenchmarkName {
  const name = benchmarkNames.find((known) => known === word);
  if (name === undefined) throw new Error(`There is no benchmark ${word}.\n\n${usage}`);
  return name;
}
