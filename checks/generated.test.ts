import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Check } from './check.ts';
import * as compatibilityCurrent from './compatibility-current.ts';
import * as eventsNamed from './events-named.ts';
import * as journeyCurrent from './journey-current.ts';
import * as openapiCurrent from './openapi-current.ts';
import * as schemaAgrees from './schema-agrees.ts';
import { plant, shown } from './testing/plant.ts';

/** Each check with what it needs, the file that it writes, and a change that makes the file untrue. */
const cases: { check: Check; files: Record<string, string>; file: string; spoil: [string, string] }[] = [
  {
    check: journeyCurrent,
    files: {
      'server/build/journey.js': `function grantAccess() {}
        const numberInvoice = { stepName: 'numberInvoice', reports: ['order completed'] };
        export const journey = { 'order completed': { now: [grantAccess], later: [numberInvoice] } };`,
      'server/build/event-meanings.js': `export const eventMeanings = { 'order completed': 'It is paid.' };`,
      'server/build/orders/order.js': `export const orderTransitions = {
        registered: { complete: 'completed' }, completed: {} };`,
      'server/build/payments/payment.js': `export const attemptTransitions = { sent: ['secured'] };
        export const operationTransitions = { created: ['succeeded', 'failed'] };`,
      'docs/journey.md': '# Journey\n\n<!-- journey:start -->\n<!-- journey:end -->\n\nEnd.\n',
    },
    file: 'docs/journey.md',
    spoil: ['numberInvoice', 'sendInvoice'],
  },
  {
    check: compatibilityCurrent,
    files: {
      'tests/build/compatibility/describe-table.js': `export const describeCompatibility = () => '2 rows: 1 same, 1 later';`,
      'docs/compatibility.md':
        '# Close\n\n<!-- compatibility:start -->\n<!-- compatibility:end -->\n\nEnd.\n',
    },
    file: 'docs/compatibility.md',
    spoil: ['1 same', '2 same'],
  },
  {
    check: openapiCurrent,
    files: {
      'server/build/openapi.js': `export async function buildOpenApi() { return { openapi: '3.1.0' }; }`,
    },
    file: 'openapi.json',
    spoil: ['3.1.0', '3.0.0'],
  },
  {
    check: eventsNamed,
    files: {
      'server/build/callbacks/event-names.js': `export const eventNames = {
        'order completed': { name: 'order.completed', in: 'log' }, 'case answered': 'internal' };`,
      'server/build/event-meanings.js': `export const eventMeanings = { 'order completed': 'It is paid.' };`,
      'server/build/journey.js': `export const journey = { 'order completed': { logged: true, now: [] } };`,
      'docs/guides/events.md': '# Events\n\n<!-- events:start -->\n<!-- events:end -->\n\nEnd.\n',
    },
    file: 'docs/guides/events.md',
    spoil: ['order.completed', 'order.done'],
  },
  {
    check: schemaAgrees,
    files: {},
    file: 'server/database/schema.sql',
    spoil: ['CREATE TABLE orders', 'CREATE TABLE order'],
  },
];

for (const { check, files, file, spoil } of cases) {
  test(`${check.name} writes ${file}, agrees with it, and sees a change`, async (t) => {
    const root = await plant(t, files);
    assert.notDeepEqual(shown(await check.run(root)), [], 'what is not generated yet is a fault');
    await check.fix?.(root);
    assert.deepEqual(shown(await check.run(root)), []);
    const text = await readFile(join(root, file), 'utf8');
    assert.ok(text.includes(spoil[0]), text);
    await writeFile(join(root, file), text.replace(...spoil));
    const [problem = '', ...others] = shown(await check.run(root));
    assert.deepEqual(others, []);
    assert.ok(problem.startsWith(file), problem);
    await check.fix?.(root);
    assert.equal(await readFile(join(root, file), 'utf8'), text);
  });
}
