import type { Purchase } from './purchase.ts';
import { type OwnStage, type Stage, spoil } from './stage.ts';
import type { Way } from './ways.ts';

/** One thing that may happen to a payment. `isFor` says by the method's functions where it can. */
export type Case = {
  name: string;
  isFor(way: Way): boolean;
  /** Needs a fixture of its own: after many failures nobody is asked anything there for a minute. */
  isAlone?: boolean;
  /** Lets it happen, checks its own end, and gives the orders whose books must agree. */
  run(stage: OwnStage, way: Way): Promise<Purchase | readonly Purchase[]>;
};

export const always = () => true;
export const inBrowser = ({ flow }: Way) => flow === 'browser';
export const direct = ({ flow }: Way) => flow === 'direct';
export const canBeAsked = ({ method }: Way) => method.ask !== undefined;
export const tells = ({ method }: Way) => method.readNotice !== undefined;
export const captures = ({ method }: Way) => method.money === 'reserved' && method.capture !== undefined;

/** From now on no notice gets through; who never sends any has none to lose. */
export async function silence(stage: Stage, way: Way): Promise<void> {
  if (tells(way)) await spoil(stage, way.scenario.provider, 'lost');
}
