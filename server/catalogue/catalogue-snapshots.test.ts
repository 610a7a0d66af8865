import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queryable } from '../database/statement.ts';
import { createCatalogueSnapshots } from './catalogue-snapshots.ts';

/** A database that counts the reads of versions and of contents, with a version that the test moves. */
function countReads() {
  const counted = { versions: 0, contents: 0, version: 1, fails: false };
  const empty = { products: [], offers: [], issues: [], articles: [], categories: [], vat_rates: [] };
  const database: Queryable = {
    query: async <Row extends object>(statement: { name: string }) => {
      if (counted.fails) throw new Error('no connection');
      const isContent = statement.name.startsWith('catalogues.findContent');
      counted[isContent ? 'contents' : 'versions'] += 1;
      return [{ version: counted.version, ...(isContent && empty) }] as Row[];
    },
  };
  const time = { elapsed: 0 };
  return { counted, time, snapshots: createCatalogueSnapshots({ database, elapsed: () => time.elapsed }) };
}

test('concurrent callers share one read, and a fresh snapshot costs none', async () => {
  const { counted, snapshots } = countReads();
  const all = await Promise.all(Array.from({ length: 20 }, () => snapshots.of(1)));
  assert.equal(new Set(all).size, 1);
  await snapshots.of(1);
  assert.deepEqual([counted.contents, counted.versions], [1, 0]);
});

test('after two seconds only the version is compared; a changed catalogue is read again', async () => {
  const { counted, time, snapshots } = countReads();
  const first = await snapshots.of(1);
  time.elapsed = 1_999;
  await snapshots.of(1);
  assert.equal(counted.versions, 0);
  time.elapsed = 2_000;
  assert.equal(await snapshots.of(1), first);
  assert.deepEqual([counted.contents, counted.versions], [1, 1]);
  counted.version = 2;
  time.elapsed = 4_000;
  assert.equal((await snapshots.of(1)).version, 2);
  assert.deepEqual([counted.contents, counted.versions], [2, 2]);
});

test('what is forgotten is read again, also when a read was under way', async () => {
  const { counted, snapshots } = countReads();
  const underWay = snapshots.of(1);
  counted.version = 2;
  snapshots.forget(1);
  assert.equal((await snapshots.of(1)).version, 2);
  await underWay;
  assert.equal((await snapshots.of(1)).version, 2);
  assert.equal(counted.contents, 2);
});

test('a failed read is not kept', async () => {
  const { counted, snapshots } = countReads();
  counted.fails = true;
  await assert.rejects(snapshots.of(1), /no connection/);
  counted.fails = false;
  assert.equal((await snapshots.of(1)).version, 1);
});
