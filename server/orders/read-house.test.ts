import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHouse } from './read-house.ts';

test('a house number keeps what stands behind it as the entrance', () => {
  const cases: [string | number | undefined, string | undefined, number | undefined, string | undefined][] = [
    [12, undefined, 12, undefined],
    ['12', undefined, 12, undefined],
    ['12B', undefined, 12, 'B'],
    ['12 B', undefined, 12, 'B'],
    ['12b', 'B', 12, 'B'],
    ['12', 'B', 12, 'B'],
    ['12B', 'H0201', 12, 'B H0201'],
    ['12-14', undefined, 12, '-14'],
    ['012', undefined, 12, undefined],
    [0, 'A', undefined, 'A'],
    ['Old School', undefined, undefined, 'Old School'],
    [undefined, undefined, undefined, undefined],
    ['', '', undefined, undefined],
  ];
  for (const [number, entrance, ...meant] of cases) {
    const { streetNumber, entrance: read } = readHouse(number, entrance);
    assert.deepEqual([streetNumber, read], meant, `${number} ${entrance}`);
  }
});
