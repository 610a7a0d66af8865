import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './log.ts';
import type { LogFields } from './log-fields.ts';
import { OperatorError } from './operator-error.ts';
import { Problem } from './problem.ts';

const canary = 'kanarifugl';

function memoryLog(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const log = createLog({ level, destination: { write: (line: string) => void lines.push(line) } });
  const read = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, read };
}

/** Fields as a careless caller would give them, past the compiler. */
const careless = (fields: object) => fields as LogFields;

test('known fields are written, with level, time and message', () => {
  const { log, read } = memoryLog();
  log.info(
    { requestId: 'req_1-x', operationId: 'registerOrder', route: '/capi/v1/orders/:orderId', status: 200 },
    'request answered',
  );
  const { time, ...line } = read()[0] ?? {};
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(line, {
    level: 'info',
    requestId: 'req_1-x',
    operationId: 'registerOrder',
    route: '/capi/v1/orders/:orderId',
    status: 200,
    message: 'request answered',
  });
});

test('a child adds its fields to every line, and they are cleaned too', () => {
  const { log, lines, read } = memoryLog();
  const child = log.child(careless({ jobName: 'capture payment', jobId: 7, token: canary }));
  child.child({ orderId: 3 }).warn({ reason: 'provider slow' }, 'job put off');
  const { time, ...line } = read()[0] ?? {};
  assert.ok(time);
  assert.deepEqual(line, {
    level: 'warn',
    jobName: 'capture payment',
    jobId: 7,
    orderId: 3,
    reason: 'provider slow',
    message: 'job put off',
  });
  assert.ok(!lines.join('').includes(canary));
});

test('the level is kept', () => {
  const { log, lines } = memoryLog('info');
  log.debug({}, 'not written');
  log.error({}, 'written');
  assert.equal(lines.length, 1);
});

test('a canary in an unknown key, nested, or in a value of the wrong form is never written', () => {
  const { log, lines } = memoryLog();
  const hidden: object[] = [
    { password: canary },
    { Authorization: `Bearer ${canary}` },
    { body: { deep: { [canary]: canary } } },
    { err: new Error(canary) },
    { res: { headers: { cookie: canary } } },
    { requestId: { nested: canary } },
    { requestId: [canary] },
    { orderId: canary },
    { status: canary },
    { route: `/orders?token=${canary}` },
    { route: `/login/${canary.repeat(5)}` },
    { route: `https://example.no/${canary}` },
    { route: `/a/ ${canary}` },
    { clientId: `${canary}@example.no` },
    { clientId: `+4790000001${canary}` },
    { event: `${canary}\n{"level":"error"}` },
    { host: `https://user:${canary}@example.no/` },
    { reason: `"${canary}"` },
    { reason: `${canary}@example.no` },
    { [canary]: 1 },
    { __proto__: { requestId: canary } },
    { constructor: canary },
    { toString: canary },
    { toJSON: () => canary },
  ];
  for (const fields of hidden) log.info(careless(fields), 'request answered');
  log.child(careless({ user: canary })).info(careless({ user: { name: canary } }), 'request answered');
  assert.equal(lines.length, hidden.length + 1);
  assert.equal(
    lines.find((line) => line.includes(canary)),
    undefined,
  );
});

test('an error shows its class, code and frames, never what it says', () => {
  const { log, lines, read } = memoryLog();
  const database = Object.assign(new Error(`duplicate key (email)=(${canary}@example.no)`), {
    code: '23505',
    constraint: 'credentials_once',
    detail: canary,
    where: canary,
    query: canary,
  });
  const multiline = new TypeError(`first\n    at ${canary} (file:///x.js:1:1)\n${canary}`);
  const changed = new Error('quiet');
  changed.message = canary;
  const errors: unknown[] = [
    database,
    multiline,
    changed,
    new Error('outer', { cause: database }),
    new AggregateError([database], canary),
    Object.assign(new Error('x'), { name: `${canary} ${canary}`, code: `${canary} ${canary}` }),
    new Problem('not_found', { detail: canary }),
    new OperatorError('the database has a newer schema', { cause: new Error(canary) }),
    canary,
    { message: canary },
  ];
  for (const error of errors) log.error({ error }, 'job failed');
  assert.equal(
    lines.find((line) => line.includes(canary)),
    undefined,
  );

  const [first, , , wrapped, , , problem, operator, thrown] = read().map((line) => line['error']) as Record<
    string,
    unknown
  >[];
  assert.equal(first?.['class'], 'Error');
  assert.equal(first?.['code'], '23505');
  assert.equal(first?.['constraint'], 'credentials_once');
  assert.match(String(first?.['frames']), /log\.test\.[jt]s:\d+:\d+/);
  assert.equal((wrapped?.['cause'] as Record<string, unknown> | undefined)?.['code'], '23505');
  assert.equal(problem?.['code'], 'not_found');
  assert.equal(operator?.['message'], 'the database has a newer schema');
  assert.equal(thrown?.['class'], 'string');
});

test('a chain of causes ends', () => {
  const { log, read } = memoryLog();
  const circular = new Error('round');
  circular.cause = circular;
  log.error({ error: circular }, 'job failed');
  assert.equal(read().length, 1);
});

test('a message with a value in it does not compile', () => {
  const { log } = memoryLog();
  const value: string = canary;
  // @ts-expect-error a template is not fixed text
  log.info({}, `hello ${value}`);
  // @ts-expect-error a variable is not fixed text
  log.info({}, value);
  // @ts-expect-error an unknown field
  log.info({ email: value }, 'hello');
  // @ts-expect-error a number where an id is wanted
  log.info({ requestId: 1 }, 'hello');
});
