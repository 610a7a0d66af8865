import assert from 'node:assert/strict';
import { type Case, tells } from './conformance-case.ts';
import { tryAgain } from './outcome-cases.ts';
import {
  begin,
  booksOf,
  comeBack,
  decide,
  order,
  type Purchase,
  pay,
  paying,
  reach,
  resolveCase,
  windowSeconds,
} from './purchase.ts';
import { pass, type Stage, settle, spoil } from './stage.ts';
import type { Way } from './ways.ts';

/** Paid at the provider, and the buyer never comes back to us: only notices and questions can tell. */
async function paidUnseen(stage: Stage, way: Way): Promise<Purchase> {
  const { fates } = way.scenario;
  const purchase = await order(stage, way, fates && { mobile: 'any' });
  await begin(stage, purchase);
  if (!fates) assert.ok(await decide(stage, purchase, 'approve'));
  await settle(stage);
  return purchase;
}

const hours = 3600;

/** A notice that goes wrong in one of these ways changes nothing about the end. */
const wrongNotices = ['duplicate', 'late', 'early', 'lost', 'reordered', 'wrong-signature'].map(
  (kind): Case => ({
    name: `paid, notices ${kind}`,
    isFor: tells,
    async run(stage, way) {
      await spoil(stage, way.scenario.provider, kind);
      const purchase = await paidUnseen(stage, way);
      if (kind === 'lost' && !way.method.ask) {
        await pass(stage, windowSeconds);
        await pass(stage, hours);
        await resolveCase(stage, purchase, 'paid');
      }
      await reach(stage, purchase, 'completed', 3 * hours);
      await pass(stage, 3 * hours);
      assert.equal((await booksOf(stage, purchase)).state, 'completed');
      return purchase;
    },
  }),
);

export const noticeCases: readonly Case[] = [
  ...wrongNotices,
  {
    name: 'declined, and a stranger says that it was paid',
    isFor: tells,
    async run(stage, way) {
      await spoil(stage, way.scenario.provider, 'wrong-signature');
      const { fates } = way.scenario;
      const purchase = await order(stage, way, fates && { mobile: fates.declined });
      await begin(stage, purchase);
      if (!fates) assert.ok(await decide(stage, purchase, 'refuse'));
      await reach(stage, purchase, 'stopped', windowSeconds + hours);
      return purchase;
    },
  },
  {
    name: 'paid, and a former or false decline is told afterwards',
    isFor: (way) => tells(way) && (way.flow === 'browser' || way.scenario.fates !== undefined),
    async run(stage, way) {
      const { fates } = way.scenario;
      if (!fates) await spoil(stage, way.scenario.provider, 'late');
      const purchase = await paying(stage, way, fates && { mobile: fates.contradicted });
      if (!fates) {
        assert.ok(await decide(stage, purchase, 'refuse'));
        await comeBack(stage, purchase);
        await tryAgain(stage, purchase, way.paymentMethod);
        await pay(stage, purchase);
      }
      await reach(stage, purchase, 'completed');
      await pass(stage, 3 * hours);
      assert.equal((await booksOf(stage, purchase)).state, 'completed');
      return purchase;
    },
  },
];
