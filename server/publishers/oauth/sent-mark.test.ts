import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markSent, readSent, withoutMark } from './sent-mark.ts';

const secret = Buffer.alloc(32, 1);
const query = 'client_id=no.avis.web&scope=openid%20read&state=a+b&prompt=login';
const sentAt = 1_000_000;
const hour = 3_600_000;
const mark = markSent(secret, query, sentAt);

const cases: [string, { query?: string; mark?: unknown; now?: number; secret?: Buffer }, boolean][] = [
  ['of this request', {}, true],
  ['in the address itself', { query: `${query}&leveret_since=${mark}` }, true],
  ['encoded in another way', { query: query.replace('%20', '+').replace('a+b', 'a%20b') }, true],
  ['of an hour ago', { now: sentAt + hour }, true],
  ['older than an hour', { now: sentAt + hour + 1 }, false],
  ['of another client', { query: query.replace('web', 'app') }, false],
  ['of another state', { query: query.replace('a+b', 'c') }, false],
  ['of another request of the same client', { query: `${query}&max_age=0` }, false],
  ['of another time', { mark: mark.replace('1000000', '1000001') }, false],
  ['of another installation', { secret: Buffer.alloc(32, 2) }, false],
  ['that is none', { mark: '1000000' }, false],
  ['that stands twice', { mark: [mark, mark] }, false],
  ['that is missing', { mark: undefined }, false],
];

for (const [name, changed, isBelieved] of cases) {
  test(`a mark ${name} is ${isBelieved ? '' : 'not '}believed`, () => {
    const asked = { secret, query, mark, now: sentAt, ...changed };
    const read = readSent(asked.secret, asked.query, asked.mark, asked.now);
    assert.equal(read, isBelieved ? sentAt : undefined);
  });
}

test('a query is the same without its mark', () => {
  for (const marked of [`${query}&leveret_since=x`, `leveret_since=x&${query}`, query]) {
    assert.equal(withoutMark(marked), query);
  }
});
