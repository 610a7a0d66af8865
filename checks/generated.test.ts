import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Check } from './check.ts';
import * as errorsDocumented from './errors-documented.ts';
import * as journeyDiagram from './journey-diagram.ts';
import * as openapiCurrent from './openapi-current.ts';
import * as schemaAgrees from './schema-agrees.ts';
import { plant, shown } from './testing/plant.ts';

/** Each check with what it needs, the file that it writes, and a change that makes the file untrue. */
const cases: { check: Check; files: Record<string, string>; file: string; spoil: [string, string] }[] = [
  {
    check: journeyDiagram,
    files: {
      'server/build/journey.js': `function grantAccess() {}
        const numberInvoice = { stepName: 'numberInvoice', reports: ['order completed'] };
        export const journey = { 'order completed': { now: [grantAccess], later: [numberInvoice] } };`,
      'ARCHITECTURE.md': '# House\n\n<!-- journey:start -->\n<!-- journey:end -->\n\nEnd.\n',
    },
    file: 'ARCHITECTURE.md',
    spoil: ['numberInvoice', 'sendInvoice'],
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
    check: errorsDocumented,
    files: {
      'server/build/kit/problem-codes.js': `export const problemCodes = [{ code: 'not_found', status: 404,
        title: 'Not found', explanation: 'Nothing here.', exceptionType: 'NotFoundException' }];`,
    },
    file: 'docs/errors/not_found.md',
    spoil: ['404', '410'],
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

test('what is written by hand below an error page stays', async (t) => {
  const root = await plant(t, cases[2]?.files ?? {});
  await errorsDocumented.fix(root);
  const page = join(root, 'docs/errors/not_found.md');
  await appendFile(page, '\nLook at the id.\n');
  await writeFile(page, (await readFile(page, 'utf8')).replace('Not found', 'Lost'));
  await errorsDocumented.fix(root);
  assert.match(
    await readFile(page, 'utf8'),
    /^# Not found\n\n.*404.*\n\nNothing here\.\n\nLook at the id\.\n$/,
  );
});

test('a page of a code that is gone', async (t) => {
  const root = await plant(t, { ...cases[2]?.files, 'docs/errors/old_code.md': '# Old\n' });
  await errorsDocumented.fix(root);
  assert.deepEqual(shown(await errorsDocumented.run(root)), [
    'docs/errors/old_code.md describes a code that does not exist',
  ]);
});
