import type { TestContext } from 'node:test';

/** What a test file declares, collected in place of `node:test` so that it can be run many times. */
export type TestFile = {
  tests: { name: string; run: TestBody }[];
  before: Hook[];
  after: Hook[];
  beforeEach: Hook[];
  afterEach: Hook[];
};

type Hook = () => unknown;
type TestBody = (context: TestContext) => unknown;

const own = process.getBuiltinModule('node:test');
let current = emptyFile();

function emptyFile(): TestFile {
  return { tests: [], before: [], after: [], beforeEach: [], afterEach: [] };
}

/** Loads a test file and answers what it declares. Files are loaded one after another. */
export async function collect(load: () => Promise<unknown>): Promise<TestFile> {
  const file = emptyFile();
  current = file;
  await load();
  return file;
}

export function test(name: string, options: object | TestBody, body?: TestBody): void {
  current.tests.push({ name, run: body ?? (options as TestBody) });
}

export const before = (hook: Hook) => void current.before.push(hook);
export const after = (hook: Hook) => void current.after.push(hook);
export const beforeEach = (hook: Hook) => void current.beforeEach.push(hook);
export const afterEach = (hook: Hook) => void current.afterEach.push(hook);
export const { mock } = own;
