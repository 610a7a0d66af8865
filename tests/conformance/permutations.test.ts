import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newSeed } from '../builders/random.ts';
import { permute } from './permute.ts';
import { listStories } from './stories.ts';
import { openTwoNodes, type TwoNodes } from './two-nodes.ts';

let nodes: TwoNodes;

before(async () => {
  nodes = await openTwoNodes();
});
after(() => nodes.close());

test('notices ten times each, shuffled, on two nodes, mixed with polling: the same end', async (t) => {
  const seed = newSeed();
  const permutations = 2 * listStories().length;
  t.diagnostic(`seed ${seed}: npm run permutations -- --count ${permutations} --seed ${seed}`);
  const report = await permute(nodes, { permutations, seed, atOnce: 128 });
  t.diagnostic(`${report.permutations} orders, ${report.notices} notices, ${report.polls} polls`);
  assert.deepEqual([report.differences, nodes.complaints()], [[], []]);
});
