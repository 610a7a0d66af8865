import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBulkhead, NoPlace } from './bulkhead.ts';

/** Calls that go on until they are let go, and a list of who has begun. */
function stage(options: { places: number; placesOfTarget?: number; queue: number }) {
  const bulkhead = createBulkhead({ placesOfTarget: options.places, ...options });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const { signal: never } = new AbortController();
  const call = (owner: string, target = 'a', deadline: AbortSignal = never) => {
    const answer = bulkhead.run({ owner, target }, deadline, () => {
      begun.push(`${owner} ${target}`);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
    answer.catch(() => undefined);
    return answer;
  };
  return {
    begun,
    call,
    many: (count: number, owner: string, target?: string) =>
      Array.from({ length: count }, () => call(owner, target)),
    async endOne(): Promise<void> {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const refused = (answers: Promise<void>[]) =>
  Promise.all(
    answers.map((answer) =>
      Promise.race([
        answer.then(
          () => false,
          (error: unknown) => error instanceof NoPlace,
        ),
        new Promise<false>((resolve) => setImmediate(() => resolve(false))),
      ]),
    ),
  ).then((all) => all.filter(Boolean).length);

test('calls of one that hang leave places, and room in the queue, for who comes new', async () => {
  const { begun, call, many } = stage({ places: 16, queue: 16 });
  const hanging = many(200, 'first');
  assert.equal(begun.length, 8);
  assert.equal(await refused(hanging), 200 - 8 - 8, 'eight have a place, eight wait');
  void call('second');
  void call('third');
  assert.deepEqual(begun.slice(8), ['second a', 'third a']);
});

test('while more hang than there are halves of halves, each who comes new has a place', () => {
  const { begun, call, many } = stage({ places: 16, queue: 16 });
  const owners = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  for (const owner of owners) void many(50, owner, 'hangs');
  void call('new');
  assert.equal(begun.at(-1), 'new a');
  for (let more = 0; more < 50; more += 1) void call(`more ${more}`);
  assert.equal(begun.length, 32, 'and there is an end');
});

test('of those who wait, who holds fewest goes first, and each in its own order', async () => {
  const { begun, call, many, endOne } = stage({ places: 4, queue: 16 });
  void many(2, 'first', 'x');
  void call('second', 'x');
  void call('third', 'x');
  void call('first', 'late');
  void call('second', 'y');
  void call('second', 'z');
  void call('fourth', 'new');
  assert.deepEqual(begun, ['first x', 'first x', 'second x', 'third x', 'fourth new']);
  for (let ended = 0; ended < 7; ended += 1) await endOne();
  assert.deepEqual(new Set(begun.slice(5)), new Set(['first late', 'second y', 'second z']));
  assert.ok(begun.indexOf('second y') < begun.indexOf('second z'));
});

test('one target that hangs leaves places for the same owner’s others', () => {
  const { begun, call, many } = stage({ places: 16, placesOfTarget: 3, queue: 16 });
  void many(5, 'first', 'dead');
  void call('first', 'alive');
  assert.deepEqual(begun, ['first dead', 'first dead', 'first dead', 'first alive']);
});

test('a call whose time is over before it has a place is not made, and gives its place in the queue back', async () => {
  const { begun, call, endOne } = stage({ places: 1, queue: 1 });
  void call('first');
  const deadline = new AbortController();
  const waiting = call('first', 'a', deadline.signal);
  await assert.rejects(call('first'), { name: 'NoPlace', message: 'no place' });
  deadline.abort();
  await assert.rejects(waiting, { name: 'NoPlace', message: 'no place in time' });
  await assert.rejects(call('first', 'a', deadline.signal), NoPlace);
  const next = call('second');
  await endOne();
  assert.deepEqual(begun, ['first a', 'second a']);
  await endOne();
  await next;
});
