import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keepVerdicts } from './keep-verdicts.ts';
import type { Mutant } from './mutant.ts';

const folder = mkdtempSync(join(tmpdir(), 'leveret-verdicts-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'verdicts');

const mutant: Mutant = {
  ...{ id: 1, place: 'a', file: 'server/a.ts', line: 3, owner: 'isPaid', before: '<', after: '<=' },
  ...{ change: { start: 40, end: 41, text: '<=' }, sort: 'code', isStatic: false },
};
const source = new Map([['server/a.ts', 'if (left < 0) return;']]);
const killed = { kind: 'killed', by: 'a.test.ts: pays' } as const;

test('a verdict is found again while the file reads as it did, whatever its number is', () => {
  keepVerdicts(path, source).keep(mutant, killed);
  // As a run leaves it that was stopped while it wrote.
  appendFileSync(path, '["server/a.ts');
  const again = keepVerdicts(path, source);
  assert.deepEqual(again.find({ ...mutant, id: 77 }), killed);
  assert.equal(again.find({ ...mutant, after: '>' }), undefined);
  assert.equal(again.find({ ...mutant, change: { start: 90, end: 91, text: '<=' } }), undefined);
  const changed = new Map([['server/a.ts', 'if (left <= 0) return;']]);
  assert.equal(keepVerdicts(path, changed).find(mutant), undefined);
});

test('nothing is kept where no file is named', () => {
  const none = keepVerdicts(undefined, source);
  none.keep(mutant, killed);
  assert.equal(none.find(mutant), undefined);
});
