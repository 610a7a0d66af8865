import { type Static, Type } from 'typebox';
import type { CatalogueSnapshot } from '../catalogue/catalogue.ts';
import { cleanCode } from '../kit/clean-text.ts';
import { narrowing, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { dateForms, readDate } from '../kit/read-date.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { GrantKind } from './access.ts';

const code = (maxLength: number) => narrowsIfGiven(Type.Optional(Type.String({ minLength: 1, maxLength })));
const date = Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 40 })], {
  description: dateForms,
});

/** What an account may read, as a file tells it, in the words of an order's page. */
export const CarriedAccessBody = narrowing({
  kind: narrowsIfGiven(Type.Optional(Type.Union([Type.Literal('bought'), Type.Literal('temporary')]))),
  product: code(12),
  issue: code(40),
  articleRef: code(255),
  categoryType: code(40),
  startsAt: date,
  endsAt: narrowsIfGiven(Type.Optional(date)),
});
export type CarriedAccessBody = Static<typeof CarriedAccessBody>;

export type CarriedAccess = {
  kind: GrantKind;
  product: string | undefined;
  issue: string | undefined;
  articleRef: string | undefined;
  categoryType: string | undefined;
  startsAt: Date;
  /** Nothing where it lasts. */
  endsAt: Date | undefined;
};

type Reader = { catalogue: CatalogueSnapshot; timeZone: string; now: Date; refusals: Refusals };

/** Reads what an account may read; `path` is where it stands in the file. */
export function readCarriedAccess(reader: Reader, body: CarriedAccessBody, path: string): CarriedAccess[] {
  const { catalogue, refusals } = reader;
  const product = body.product && cleanCode(body.product);
  const refuse = (field: string, message: string) =>
    refusals.refuse('input_is_invalid', `${path}.${field}`, `${path}.${field} ${message}`);
  if (product !== undefined && !catalogue.findProduct(product)) {
    const field = `${path}.product`;
    refusals.refuse('product_is_unknown', field, `${field} names what is not in the catalogue`);
  }
  if (!product && !body.articleRef && !body.categoryType) refuse('product', 'or another thing is required');
  if (body.issue && !product) refuse('issue', 'needs the product that it is of');
  const startsAt = readMoment(reader, body.startsAt, `${path}.startsAt`);
  const endsAt = body.endsAt === undefined ? undefined : readMoment(reader, body.endsAt, `${path}.endsAt`);
  if (startsAt && endsAt && endsAt <= startsAt) refuse('endsAt', 'must be later than startsAt');
  if (!startsAt) return [];
  const { kind = 'bought', issue, articleRef, categoryType } = body;
  return [{ kind, product, issue, articleRef, categoryType, startsAt, endsAt }];
}

function readMoment(
  { timeZone, now, refusals }: Reader,
  given: string | number,
  field: string,
): Date | undefined {
  const reading = readDate(given, { kind: 'start', timeZone, now });
  if (reading.ok && reading.date !== undefined) return reading.date;
  const why = reading.ok ? (reading.warning ?? 'is missing') : reading.message;
  refusals.refuse('date_is_invalid', field, `${field} ${why}`);
  return undefined;
}
