import { dateFormat } from '../kit/formats.ts';
import { readDate } from '../kit/read-date.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { ProductSpecType } from './order.ts';

/** A line of an order, as far as the right of withdrawal asks. */
export type LineOfRight = {
  lineNumber: number;
  specType: ProductSpecType;
  /** Whether it is read on a screen; else it is sent. */
  isDigital: boolean;
  startsAt?: Date | undefined;
  /** When the paid period of a subscription ends. */
  endsAt?: Date | undefined;
};

export type WithdrawalSettings = {
  withdrawal: 'always' | 'eu' | 'off';
  withdrawalDays: number;
  countryCode: string;
  timeZone: string;
};

export type OrderOfRight = {
  lines: readonly LineOfRight[];
  /** When the contract was made; nothing before the order is completed. */
  completedAt: Date | undefined;
  publisher: WithdrawalSettings;
  /** Unknown: the publisher's. */
  buyerCountry?: string | undefined;
  /** A business has no right; who says nothing is a consumer. */
  isBusiness?: boolean | undefined;
  /** The buyer asked that it begins at once, and knows what is lost by it. */
  earlyStart: boolean;
};

export type NoRight =
  | 'not offered'
  | 'buyer outside the EEA'
  | 'bought for a business'
  | 'single issue'
  | 'digital content begun';

/** `until` is a moment that is no longer in time; nothing before the order is completed. */
export type WithdrawalRight =
  | { lineNumber: number; right: 'yes'; days: number; until: Date | undefined }
  | { lineNumber: number; right: 'no'; why: NoRight };

// The members of the union and its outermost regions, Åland among them (articles 52 TEU, 355 TFEU and 349),
// and Iceland, Liechtenstein and Norway, to which the Agreement on the EEA extends directive 2011/83.
const eea =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO ' +
  'AX GF GP MQ MF RE YT';
const eeaCountries: ReadonlySet<string> = new Set(eea.split(' '));

/**
 * The right of withdrawal of each line, by directive 2011/83: 14 days, or more where the publisher gives more
 * (article 9), whoever a gift is for. A single issue of a newspaper or periodical has none (16(j)), nor
 * digital content that begins at once by the buyer's wish (16(m)). A subscription has it also when it has
 * begun, until it is performed (16(a)).
 */
export function withdrawalRight(order: OrderOfRight): WithdrawalRight[] {
  const whyNobody = refusedToAll(order);
  return order.lines.map((line) => {
    const why = whyNobody ?? refusedToLine(order, line);
    if (why !== undefined) return { lineNumber: line.lineNumber, right: 'no', why };
    const { withdrawalDays: days } = order.publisher;
    return { lineNumber: line.lineNumber, right: 'yes', days, until: untilOf(order, line) };
  });
}

/** What the right asks of a publisher. */
export function withdrawalSettingsOf(
  publisher: Pick<Publisher, 'country' | 'timeZone' | 'settings'>,
): WithdrawalSettings {
  const { withdrawal, withdrawalDays } = publisher.settings;
  return { withdrawal, withdrawalDays, countryCode: publisher.country, timeZone: publisher.timeZone };
}

function refusedToAll({ publisher, buyerCountry, isBusiness }: OrderOfRight): NoRight | undefined {
  if (publisher.withdrawal === 'off') return 'not offered';
  if (isBusiness === true) return 'bought for a business';
  const isInside = eeaCountries.has(buyerCountry ?? publisher.countryCode);
  return publisher.withdrawal === 'eu' && !isInside ? 'buyer outside the EEA' : undefined;
}

function refusedToLine(order: OrderOfRight, line: LineOfRight): NoRight | undefined {
  if (line.specType === 'issue') return 'single issue';
  return beginsAtOnce(order, line) ? 'digital content begun' : undefined;
}

function beginsAtOnce(order: OrderOfRight, line: LineOfRight): boolean {
  return isContentByWish(order, line) && !beginsLater(order, line);
}

/** Digital content that is no subscription, whose buyer asked that it begins before the days are over. */
function isContentByWish({ earlyStart }: OrderOfRight, line: LineOfRight): boolean {
  return earlyStart && line.isDigital && line.specType !== 'coupon';
}

function beginsLater({ completedAt }: OrderOfRight, { startsAt }: LineOfRight): boolean {
  return completedAt !== undefined && startsAt !== undefined && startsAt > completedAt;
}

function untilOf(order: OrderOfRight, line: LineOfRight): Date | undefined {
  const { completedAt, publisher, earlyStart } = order;
  if (completedAt === undefined) return undefined;
  const { startsAt, endsAt, isDigital } = line;
  // What is sent can be looked at when it has come.
  const from = !isDigital && beginsLater(order, line) && startsAt ? startsAt : completedAt;
  const until = endOfDays(from, publisher);
  const isPerformed = earlyStart && isDigital && line.specType === 'coupon';
  const lost = isContentByWish(order, line) ? startsAt : isPerformed ? endsAt : undefined;
  return lost !== undefined && lost < until ? lost : until;
}

const msPerDay = 86_400_000;

/**
 * The end of the last day by the publisher's calendar. The day itself does not count, and a last day on a
 * Saturday or Sunday ends with the next Monday (regulation 1182/71, article 3; public holidays are not known
 * here).
 */
function endOfDays(from: Date, { timeZone, withdrawalDays }: WithdrawalSettings): Date {
  const shown = dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(from);
  const last = new Date(Date.parse(`${shown}T00:00:00Z`) + withdrawalDays * msPerDay);
  const weekday = last.getUTCDay();
  const moved = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  const after = new Date(last.getTime() + (moved + 1) * msPerDay).toISOString().slice(0, 10);
  const midnight = readDate(after, { kind: 'start', timeZone, now: from });
  if (!midnight.ok || midnight.date === undefined) throw new Error(`${after} is no day`);
  return midnight.date;
}
