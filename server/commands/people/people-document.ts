import { Type } from 'typebox';
import {
  type CarriedAccessBody as AccessBody,
  type CarriedAccess,
  CarriedAccessBody,
  readCarriedAccess,
} from '../../access/carried-access.ts';
import {
  type CarriedAccountBody as AccountBody,
  type CarriedAccount,
  carriedAccountFields,
  readCarriedAccount,
} from '../../accounts/carried-account.ts';
import type { CatalogueSnapshot } from '../../catalogue/catalogue.ts';
import {
  type CarriedCustomer,
  CarriedCustomerBody,
  type CarriedCustomerBody as CustomerBody,
  readCarriedCustomer,
} from '../../customers/carried-customer.ts';
import type { CarriedText } from '../../customers/carry-consent-text.ts';
import { cleanCode } from '../../kit/clean-text.ts';
import { narrowing, narrowsIfGiven } from '../../kit/http/field-sorts.ts';
import type { InputSchema } from '../../kit/http/input-schema.ts';
import { readInput } from '../../kit/http/read-input.ts';
import { type FieldProblem, Problem } from '../../kit/problem.ts';
import { readPast } from '../../kit/read-past.ts';
import { collectRefusals, type Refusals } from '../../kit/refusals.ts';
import type { Publisher } from '../../publishers/publisher.ts';

/** The form of the file; another number means another form. */
export const peopleVersion = 1;

const CarriedAccountLine = narrowing({
  ...carriedAccountFields,
  access: narrowsIfGiven(Type.Optional(Type.Array(CarriedAccessBody, { maxItems: 1000 }))),
});
const accounts = Type.Array(CarriedAccountLine, { minItems: 1, maxItems: 20 });

/** A customer with the accounts that read as it. Its form is that of a row of a table too. */
export const PersonLine = narrowing({
  ...CarriedCustomerBody.properties,
  accounts: narrowsIfGiven(Type.Optional(accounts)),
});
/** Readers who are no customer. */
const AccountsLine = narrowing({ accounts });
const TextLine = narrowing({
  consentText: narrowing({
    consentCode: Type.String({ minLength: 1, maxLength: 40 }),
    version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    text: Type.String({ minLength: 1, maxLength: 5000 }),
    madeAt: narrowsIfGiven(Type.Optional(Type.Union([Type.Integer(), Type.String({ maxLength: 40 })]))),
  }),
});
const HeadLine = narrowing({
  leveretPeople: Type.Literal(peopleVersion, { description: 'the form of the file' }),
  publisher: narrowsIfGiven(Type.Optional(Type.String({ maxLength: 255 }))),
});

export type Person = {
  customer: CarriedCustomer | undefined;
  accounts: readonly { account: CarriedAccount; access: readonly CarriedAccess[] }[];
};

export type PeopleLine =
  | { is: 'head' }
  | { is: 'text'; text: CarriedText }
  | { is: 'person'; person: Person }
  | { is: 'broken'; problems: readonly FieldProblem[] };

export type PeopleReader = {
  publisher: Publisher;
  catalogue: CatalogueSnapshot;
  credentialHash: Buffer;
  now: Date;
};

/** Reads one line of a file, or one row of a table, with every rule that it breaks. */
export function readPeopleLine(reader: PeopleReader, value: unknown): PeopleLine {
  const members = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (members.includes('leveretPeople')) return readBy(HeadLine, value, () => ({ is: 'head' }));
  if (members.includes('consentText')) {
    type Text = { consentText: Omit<CarriedText, 'madeAt'> & { madeAt?: string | number } };
    return readBy(TextLine, value, ({ consentText }: Text, refusals) => {
      const code = cleanCode(consentText.consentCode);
      const past = { timeZone: reader.publisher.timeZone, now: reader.now, refusals };
      const madeAt = readPast(past, consentText.madeAt, 'consentText.madeAt');
      return { is: 'text', text: { ...consentText, consentCode: code, madeAt } };
    });
  }
  const isAccounts = members.length === 1 && members[0] === 'accounts';
  return readBy(isAccounts ? AccountsLine : PersonLine, value, (body: PersonBody, refusals) => {
    return { is: 'person', person: readPerson({ ...reader, refusals }, body) };
  });
}

type PersonBody = Partial<CustomerBody> & { accounts?: (AccountBody & { access?: AccessBody[] })[] };

function readPerson(reader: PeopleReader & { refusals: Refusals }, body: PersonBody): Person {
  const { accounts: given = [], ...customer } = body;
  const { customerNumber } = customer;
  const { timeZone } = reader.publisher;
  return {
    customer:
      customerNumber === undefined ? undefined : readCarriedCustomer(reader, customer as CustomerBody),
    accounts: given.map(({ access = [], ...account }, index) => ({
      account: readCarriedAccount(reader, account, `accounts[${index}]`, customerNumber),
      access: access.flatMap((one, position) =>
        readCarriedAccess({ ...reader, timeZone }, one, `accounts[${index}].access[${position}]`),
      ),
    })),
  };
}

function readBy<Body>(
  schema: InputSchema,
  value: unknown,
  read: (body: Body, refusals: Refusals) => PeopleLine,
): PeopleLine {
  const reading = readInput(schema, value, { whole: 'the line' });
  if (reading.problems.length > 0) return { is: 'broken', problems: reading.problems };
  const refusals = collectRefusals([]);
  const line = read(reading.value as Body, refusals);
  try {
    refusals.throwIfAny();
  } catch (error) {
    if (error instanceof Problem) return { is: 'broken', problems: error.fields };
    throw error;
  }
  return line;
}
