import { until } from '../builders/until.ts';
import { askToPay, type Decision, decide, order, type Purchase } from './purchase.ts';
import type { Stage } from './stage.ts';
import { listWays, type Way } from './ways.ts';

/** What happens to an order at its provider, so that the provider tells of it: always the same. */
export type Story = {
  name: string;
  way: Way;
  begin(stage: Stage): Promise<Purchase>;
  /** What the buyer does; nothing where the mobile's number says it all. */
  decisions: readonly Decision[];
};

/** Mobiles of the sandbox whose charges are told of in several reports, or in ones that contradict. */
const fates = ['50', '51', '52', '53', '54', '55', '56', '60', '80', '81', '90', '91', '92', '10'];

/** Declined, then billed after all: how it ends depends on when we ask, where we can. */
const changesItsMind = '90';

const decided: readonly (readonly Decision[])[] = [
  ['approve'],
  ['refuse'],
  ['refuse', 'approve'],
  ['expire'],
  ['approve', 'expire'],
];

export function listStories(): Story[] {
  return listWays()
    .filter(({ method }) => method.readNotice !== undefined)
    .flatMap((way) => [
      ...decided.map((decisions) => ({
        name: `${way.name}: ${decisions.join(', then ')}`,
        way,
        begin: (stage: Stage) => beginAmongOthers(stage, way),
        decisions,
      })),
      ...fatesOf(way).map((fate) => ({
        name: `${way.name}: …00${fate}`,
        way,
        begin: (stage: Stage) => beginAmongOthers(stage, way, `+47900000${fate}`),
        decisions: [],
      })),
    ]);
}

function fatesOf({ scenario, method }: Way): readonly string[] {
  if (!scenario.fates) return [];
  return method.ask ? fates.filter((fate) => fate !== changesItsMind) : fates;
}

/** Until the provider has it, whatever else is under way. */
async function beginAmongOthers(stage: Stage, way: Way, mobile?: string): Promise<Purchase> {
  const purchase = await order(stage, way, mobile === undefined ? {} : { mobile });
  await askToPay(stage, purchase);
  await untilUnderWay(stage, purchase);
  return purchase;
}

export async function untilUnderWay(stage: Stage, { orderId }: Purchase): Promise<void> {
  await until('the payment to be under way', async () => {
    const [attempt] = await stage.rows<{ state: string }>(
      'SELECT state FROM payment_attempts WHERE order_id = $1',
      [orderId],
    );
    return attempt && attempt.state !== 'created' && attempt.state !== 'sent';
  });
}

/** Plays the buyer; a decision that the provider takes no more changes nothing. */
export async function playBuyer(stage: Stage, { decisions }: Story, purchase: Purchase): Promise<void> {
  for (const decision of decisions) await decide(stage, purchase, decision);
}
