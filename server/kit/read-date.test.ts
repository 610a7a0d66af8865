import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DateKind, readDate } from './read-date.ts';

const now = new Date('2026-06-01T12:00:00Z');
const read = (given: string | number, kind: DateKind, timeZone = 'Europe/Oslo') => {
  const reading = readDate(given, { kind, timeZone, now });
  return reading.ok ? (reading.date?.toISOString() ?? 'absent') : 'refused';
};

test('a date of birth in every spelling', () => {
  const people: [string, number][] = [
    ['1931-04-12', -1_222_041_600],
    ['1969-12-31', -86_400],
    ['1970-01-05', 345_600],
    ['1972-09-01', 84_153_600],
    ['1999-02-28', 920_160_000],
  ];
  for (const [day, seconds] of people) {
    const midnight = `${day}T00:00:00.000Z`;
    const compact = day.replaceAll('-', '');
    const milliseconds = seconds * 1000;
    const spellings = [
      day,
      ` ${day}\u00a0`,
      `${day}T00:00:00Z`,
      `${day}T00:00:00.000Z`,
      `${day}T00:00:00+00:00`,
      `${day}T00:00:00`,
      `${day} 00:00:00`,
      `${day}T00:00:00+01:00`,
    ];
    const numbers = [milliseconds, String(milliseconds), seconds, String(seconds), compact, Number(compact)];
    for (const given of [...spellings, ...numbers])
      assert.equal(read(given, 'birth'), midnight, String(given));
    const isWarned = (given: number) => {
      const reading = readDate(given, { kind: 'birth', timeZone: 'UTC', now });
      return reading.ok && reading.warning !== undefined;
    };
    assert.deepEqual([isWarned(milliseconds), isWarned(seconds)], [false, true], day);
  }
});

test('a date of birth that nobody has', () => {
  for (const given of [
    '1879-12-31',
    '2027-01-01',
    '1999-02-29',
    '1999-13-01',
    '12.04.1931',
    '4/12/1931',
    'yes',
  ]) {
    assert.equal(read(given, 'birth'), 'refused', given);
  }
  for (const given of [0, '0', '0001-01-01', '0001-01-01T00:00:00'])
    assert.equal(read(given, 'birth'), 'absent');
});

test('a moment and a start in every spelling', () => {
  const cases: [string | number, string][] = [
    ['2026-03-01', '2026-02-28T23:00:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    [20260301, '2026-02-28T23:00:00.000Z'],
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01t10:00z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01 10:00:00', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T10:00:00.123456', '2026-03-01T09:00:00.123Z'],
    ['2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T10:00:00-0330', '2026-03-01T13:30:00.000Z'],
    ['2026-03-01T10:00:00\u221203', '2026-03-01T13:00:00.000Z'],
    [1_772_359_200_000, '2026-03-01T10:00:00.000Z'],
    ['1772359200000', '2026-03-01T10:00:00.000Z'],
    [1_772_359_200, '2026-03-01T10:00:00.000Z'],
    ['1772359200', '2026-03-01T10:00:00.000Z'],
    ['２０２６-０３-０１', '2026-02-28T23:00:00.000Z'],
    // Clocks are put back and forward: the first of the two, and an hour later.
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
    [0, 'absent'],
  ];
  for (const [given, moment] of cases) {
    for (const kind of ['moment', 'start'] as const) assert.equal(read(given, kind), moment, String(given));
  }
  assert.equal(read('2026-03-01', 'start', 'Asia/Tokyo'), '2026-02-28T15:00:00.000Z');
});

test('what is no date, or one that was not meant', () => {
  const cases = [
    ['2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-31', '2025-02-29', '2026-1-1'],
    ['2026-03-01T24:00:00', '2026-03-01T10:60:00', '2026-03-01T10:00:61', '2026-03-01T10:00:00+15:00'],
    ['1970-01-01', '1970-12-31', 1000, -1, 86_400, 31_000_000, '1969-12-31', '2101-01-01', 99_999_999_999],
    ['01.03.2026', '01/03/2026', 'tomorrow', '', 'NaN', '1e12', 9_007_199_254_740_991],
  ];
  for (const given of cases.flat()) {
    assert.equal(read(given, 'start'), 'refused', String(given));
    assert.equal(read(given, 'moment'), 'refused', String(given));
  }
});

test('of a day alone the end is asked for: its last millisecond, also where clocks are moved', () => {
  const end = (given: string | number, kind: DateKind = 'moment') => {
    const reading = readDate(given, { kind, timeZone: 'Europe/Oslo', now, ofDay: 'end' });
    return reading.ok ? reading.date?.toISOString() : reading.message;
  };
  assert.equal(end('2026-05-04'), '2026-05-04T21:59:59.999Z');
  assert.equal(end(20260504), '2026-05-04T21:59:59.999Z');
  assert.equal(end('2026-03-29'), '2026-03-29T21:59:59.999Z');
  assert.equal(end('2025-10-26'), '2025-10-26T22:59:59.999Z');
  assert.equal(end('2026-05-04T10:00'), '2026-05-04T08:00:00.000Z');
  assert.equal(end('1972-09-01', 'birth'), '1972-09-01T00:00:00.000Z');
});
