import { type Static, Type } from 'typebox';
import { describes, narrowing, narrows, narrowsIfGiven } from '../kit/http/field-sorts.ts';

const text = (maxLength: number) => describes(Type.Optional(Type.String({ maxLength })));

const Name = narrowing({
  firstName: text(60),
  middleName: text(60),
  lastName: text(60),
  companyName: text(120),
  departmentName: text(60),
});

const PhoneNumber = Type.Union([
  Type.String({ maxLength: 60 }),
  narrowing({
    phoneNumber: narrowsIfGiven(Type.String({ minLength: 1, maxLength: 60 })),
    phoneNumberType: describes(Type.Optional(Type.Union([Type.Literal('home'), Type.Literal('mobile')]))),
  }),
]);

const Category = narrowing({
  addressCategory: narrowsIfGiven(Type.String({ minLength: 1, maxLength: 255 })),
  freeValue: text(1000),
});

/** Who a customer is, as it is sent, all of it each time: what is left out is nothing from then on. */
export const customerFields = {
  name: narrows(Name),
  phoneNumbers: describes(
    Type.Optional(
      Type.Array(PhoneNumber, {
        maxItems: 20,
        description: 'with the country before it, or as it is written in the country of the publisher',
      }),
    ),
  ),
  emails: describes(Type.Optional(Type.Array(Type.String({ maxLength: 255 }), { maxItems: 20 }))),
  invoiceEmailAddress: text(60),
  categories: describes(
    Type.Optional(
      Type.Array(Category, { maxItems: 100, description: 'how you sort customers, in words of your own' }),
    ),
  ),
};

const CustomerBody = narrowing(customerFields);
export type CustomerBody = Static<typeof CustomerBody>;

const told = Type.Unsafe<string | null>({ type: ['string', 'null'] });

export const customerReply = {
  name: Type.Object({
    firstName: told,
    middleName: told,
    lastName: told,
    companyName: told,
    departmentName: told,
  }),
  phoneNumbers: Type.Array(Type.Object({ phoneNumber: Type.String(), phoneNumberType: Type.String() })),
  emails: Type.Array(Type.String()),
  invoiceEmailAddress: told,
  categories: Type.Array(Type.Object({ addressCategory: Type.String(), freeValue: told })),
};
