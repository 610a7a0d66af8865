import { type Finding, round } from '../findings.ts';
import { refusedOrderBody } from '../load/people.ts';
import type { Options } from '../read-options.ts';
import type { Stage } from '../stage/start-stage.ts';
import { orderPlan } from './orders.ts';

/** How much slower the good orders are where some are refused by the database, in pairs that alternate. */
export async function measurePoisonedMix(stage: Stage, options: Options): Promise<Finding[]> {
  await payOnce(stage);
  const findings: Finding[] = [];
  for (const refusedShare of [0.01, 0.05]) {
    const slowdowns: number[] = [];
    for (let pair = 0; pair < options.pairs; pair += 1) {
      slowdowns.push(await measurePair(stage, options.pairSeconds, refusedShare, pair % 2 === 0));
    }
    slowdowns.sort((a, b) => a - b);
    findings.push({
      figure: `slower with ${refusedShare * 100} % refused, median`,
      value: slowdowns[Math.floor(slowdowns.length / 2)] ?? 0,
      unit: '%',
      goal: { atMost: 15 },
      note: `pairs: ${slowdowns.map(round).join(', ')}`,
    });
  }
  return findings;
}

async function measurePair(
  stage: Stage,
  seconds: number,
  refusedShare: number,
  isCleanFirst: boolean,
): Promise<number> {
  const rate = async (share: number) => {
    const result = await stage.load.ask(orderPlan(stage, { connections: 64, seconds, refusedShare: share }));
    return result.done / result.seconds;
  };
  const first = await rate(isCleanFirst ? 0 : refusedShare);
  const second = await rate(isCleanFirst ? refusedShare : 0);
  const [clean, mixed] = isCleanFirst ? [first, second] : [second, first];
  return 100 * (1 - mixed / clean);
}

/** The order that is paid by the transaction which the others name too. */
async function payOnce(stage: Stage): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${stage.node.port}/capi/v1/client/order`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(refusedOrderBody(0)),
  });
  if (reply.status !== 200) throw new Error(`the first payment was refused: ${await reply.text()}`);
}
