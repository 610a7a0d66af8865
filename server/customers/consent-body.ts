import { type Static, Type } from 'typebox';
import { epochMilliseconds } from '../kit/epoch-milliseconds.ts';
import { narrowing, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { dateForms } from '../kit/read-date.ts';
import { type ConsentStatement, type ConsentText, consentsInForce } from './consent.ts';

export const consentCode = Type.String({
  minLength: 1,
  maxLength: 40,
  description: 'what is agreed to, by a code of yours',
});

const State = Type.Union([Type.Literal('given'), Type.Literal('withdrawn')]);

/** What a reader says about a consent; a client says besides when and how it came. */
export const consentFields = {
  consentCode,
  state: State,
  version: narrowsIfGiven(
    Type.Optional(
      Type.Integer({ minimum: 1, description: 'of the text that was shown; required where it is given' }),
    ),
  ),
  channelCode: narrowsIfGiven(
    Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description: 'where it is for one channel, such as email or sms; each channel stands by itself',
      }),
    ),
  ),
};

export const ConsentBody = narrowing({
  ...consentFields,
  statedAt: narrowsIfGiven(
    Type.Optional(
      Type.Union([Type.Integer(), Type.String({ maxLength: 40 })], {
        description: `when it was said; now unless said. What was said last holds. ${dateForms}`,
      }),
    ),
  ),
  source: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'how it came: which page, a letter, a call. About the matter, never a person',
  }),
});
export type ConsentBody = Static<typeof ConsentBody>;

const TextReply = Type.Object({
  consentCode: Type.String(),
  version: Type.Integer(),
  text: Type.String(),
  madeTime: Type.Integer(),
});

const StatementReply = Type.Object({
  consentCode: Type.String(),
  channelCode: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  state: State,
  version: Type.Integer(),
  time: Type.Integer({ description: 'when it was said, epoch milliseconds' }),
  source: Type.String({ description: 'how it came; of a reader the site by which they said it' }),
  by: Type.Object({
    kind: Type.Union([Type.Literal('client'), Type.Literal('user'), Type.Literal('command')], {
      description: 'command: it was brought from another system',
    }),
    id: Type.String(),
  }),
});

export const ConsentTextsReply = Type.Object({ texts: Type.Array(TextReply) });

export const ConsentsReply = Type.Object({
  customerNumber: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
  consents: Type.Array(StatementReply, { description: 'what holds, of each consent and channel' }),
  history: Type.Array(StatementReply, { description: 'all that was said, what came last first' }),
});

/** For readers: with the words that hold now. */
export const OwnConsentsReply = Type.Interface([ConsentsReply], { texts: Type.Array(TextReply) });

export function showTexts(texts: readonly ConsentText[]): Static<typeof TextReply>[] {
  return texts.map(({ consentCode, version, text, madeAt }) => {
    return { consentCode, version, text, madeTime: epochMilliseconds(madeAt) };
  });
}

/** Of each consent the newest version. */
export function newestTexts(texts: readonly ConsentText[]): ConsentText[] {
  return [...new Map(texts.map((text) => [text.consentCode, text])).values()];
}

export function showConsents(
  customerNumber: number | undefined,
  statements: readonly ConsentStatement[],
): Static<typeof ConsentsReply> {
  return {
    customerNumber: customerNumber ?? null,
    consents: consentsInForce(statements).map(showStatement),
    history: statements.map(showStatement).toReversed(),
  };
}

function showStatement(statement: ConsentStatement): Static<typeof StatementReply> {
  const { consentCode, channelCode, state, version, statedAt, source, by } = statement;
  const channel = channelCode === '' ? null : channelCode;
  return { consentCode, channelCode: channel, state, version, time: epochMilliseconds(statedAt), source, by };
}
