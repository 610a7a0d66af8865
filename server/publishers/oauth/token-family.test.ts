import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOfTokensNow, newFamilyId, readFamilyId, type TokenFamily } from './token-family.ts';

const family: TokenFamily = { clientId: 'no.avis.web', uniqueUserId: 'a', revocationNumber: 3 };

test('the id of a family says whose it is, and is another for each login', () => {
  const ids = [newFamilyId(family), newFamilyId(family)];
  for (const id of ids) assert.deepEqual(readFamilyId(id), family);
  assert.equal(new Set(ids).size, 2);
});

const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

for (const id of ['', 'x', '\0', made('a', 'b', 'c'), made('a', 'b', '1', 'c'), made(1, 'b', 1, 'c')]) {
  test(`${JSON.stringify(id)} is no family`, () => {
    assert.equal(readFamilyId(id), undefined);
  });
}

const cases: [string, Parameters<typeof isOfTokensNow>[1], boolean][] = [
  ['the client as it was', { clientId: 'no.avis.web', revocationNumber: 3 }, true],
  ['a client whose tokens were ended', { clientId: 'no.avis.web', revocationNumber: 4 }, false],
  ['a client that is still thought to be as before', { clientId: 'no.avis.web', revocationNumber: 2 }, false],
  ['another client', { clientId: 'no.avis.app', revocationNumber: 3 }, false],
  ['no client any more', undefined, false],
];

for (const [name, client, wanted] of cases) {
  test(`a family stands with ${name}: ${wanted}`, () => {
    assert.equal(isOfTokensNow(family, client), wanted);
  });
}
