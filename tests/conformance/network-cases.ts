import assert from 'node:assert/strict';
import { always, type Case, canBeAsked, silence } from './conformance-case.ts';
import { tryAgain } from './outcome-cases.ts';
import {
  begin,
  booksOf,
  chargeOf,
  comeBack,
  decide,
  order,
  type Purchase,
  paying,
  resolveCase,
} from './purchase.ts';
import { pass, type Stage, spoil } from './stage.ts';

export const exchangeFaults = ['error-500', 'timeout-before', 'timeout-after-success', 'slow'];
const openStates = ['sent', 'pending', 'unknown'];

/** What goes wrong once, when the payment begins and when the provider is asked. */
export const networkCases: readonly Case[] = [
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `${kind} when it begins`,
      isFor: always,
      async run(stage, way) {
        await spoil(stage, way.scenario.provider, kind);
        const purchase = await order(stage, way);
        await begin(stage, purchase);
        const end = await driveToTheEnd(stage, purchase);
        // Who cannot be asked is told by a person, and nothing was taken where the call was lost.
        if (canBeAsked(way)) assert.equal(end, 'completed');
        return purchase;
      },
    }),
  ),
  ...exchangeFaults.map(
    (kind): Case => ({
      name: `${kind} when it is asked about`,
      isFor: canBeAsked,
      async run(stage, way) {
        const purchase = await paying(stage, way);
        await silence(stage, way);
        await spoil(stage, way.scenario.provider, kind);
        await decide(stage, purchase, 'approve');
        if (way.flow === 'browser') await comeBack(stage, purchase);
        assert.equal(await driveToTheEnd(stage, purchase), 'completed');
        return purchase;
      },
    }),
  ),
];

/** A stubborn buyer, who approves what is open and tries again what came to nothing; a person finds out. */
export async function driveToTheEnd(stage: Stage, purchase: Purchase): Promise<string> {
  const { way } = purchase;
  for (let step = 15, round = 0; round < 14; round += 1, step = Math.min(step * 2, 900)) {
    const { state, attempts, cases } = await booksOf(stage, purchase);
    if (state === 'completed' || state === 'stopped') {
      await pass(stage, 60);
      return state;
    }
    const last = attempts.at(-1);
    const charge = last && (await chargeOf(stage, last));
    const isOpen = last !== undefined && openStates.includes(last.state);
    if (isOpen && charge?.state === 'unknown') await decide(stage, purchase, 'approve', last);
    if (isOpen && way.flow === 'browser') await comeBack(stage, purchase, last);
    if (!isOpen && way.flow === 'browser') await tryAgain(stage, purchase, way.paymentMethod);
    if (cases.some((one) => one.state === 'open')) {
      await resolveCase(stage, purchase, charge?.state === 'charged' ? 'paid' : 'not_paid');
    } else await pass(stage, step);
  }
  return (await booksOf(stage, purchase)).state;
}
