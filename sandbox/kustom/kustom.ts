import type { World } from '../kit/world.ts';
import type { Answer } from './answer.ts';
import { bookOrder } from './book-order.ts';
import { type Callbacks, startCallbacks } from './callbacks.ts';
import type { CustomerToken, KustomOrder } from './order.ts';
import { type Ending, endSession, expireAuthorization, type Review, settleReview } from './time-passes.ts';

type KeptAnswer = { key: string; answer: Answer };

/** Kustom's side of the sandbox. */
export type Kustom = {
  world: World;
  callbacks: Callbacks;
  order(id: string): KustomOrder | undefined;
  /** Writes an order down, and books what it has come to. */
  keep(order: KustomOrder): void;
  token(token: string): CustomerToken | undefined;
  keepToken(token: CustomerToken): void;
  /** The answer that an idempotency key got. */
  answerOf(key: string): Answer | undefined;
  keepAnswer(kept: KeptAnswer): void;
  promiseSessionEnd(atMilliseconds: number, ending: Ending): void;
  promiseAuthorizationEnd(atMilliseconds: number, ending: Ending): void;
  promiseReview(atMilliseconds: number, review: Review): void;
  forget(): void;
};

/** Opens Kustom's records and declares the work that it promises. */
export function openKustom(world: World): Kustom {
  const orders = new Map<string, KustomOrder>();
  const tokens = new Map<string, CustomerToken>();
  const answers = new Map<string, Answer>();
  const { journal, dueWork } = world;
  const keepOrder = journal.kind<KustomOrder>(
    'kustom order',
    (order) => orders.set(order.id, order),
    () => orders.values(),
  );
  const order = (id: string) => orders.get(id);
  const kustom: Kustom = {
    world,
    callbacks: startCallbacks(world, order),
    order,
    keep(changed) {
      keepOrder(changed);
      bookOrder(world, changed);
    },
    token: (token) => tokens.get(token),
    keepToken: journal.kind<CustomerToken>(
      'kustom token',
      (token) => tokens.set(token.token, token),
      () => tokens.values(),
    ),
    answerOf: (key) => answers.get(key),
    keepAnswer: journal.kind<KeptAnswer>(
      'kustom answer',
      ({ key, answer }) => answers.set(key, answer),
      () => [...answers].map(([key, answer]) => ({ key, answer })),
    ),
    promiseSessionEnd: dueWork.kind<Ending>('kustom session end', async (ending) =>
      endSession(kustom, ending),
    ),
    promiseAuthorizationEnd: dueWork.kind<Ending>('kustom authorization end', async (ending) =>
      expireAuthorization(kustom, ending),
    ),
    promiseReview: dueWork.kind<Review>('kustom review', (review) => settleReview(kustom, review)),
    forget() {
      orders.clear();
      tokens.clear();
      answers.clear();
    },
  };
  return kustom;
}
