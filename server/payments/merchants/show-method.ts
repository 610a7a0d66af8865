import { Type } from 'typebox';
import type { SealingKeys } from '../../kit/seal.ts';
import type { MethodSettings, PaymentMethod } from '../port/payment-method.ts';
import { accountOf, namesServedBy } from './find-method.ts';
import { type MerchantRow, type NoticesNote, openMerchant } from './merchants-store.ts';
import { findBrokenSettings } from './method-settings.ts';
import { type AddressRules, environmentOf, findForbiddenAddresses } from './provider-addresses.ts';
import { noticeUrlOf } from './register-notices.ts';

/** What stands for a secret that is set; sent back, it counts as left out. */
export const secretMask = '********';
/** The name in paths of the account that has none. */
export const unnamedMerchant = 'default';

const nullableText = Type.Union([Type.String(), Type.Null()]);
export const Fault = Type.Object({ setting: nullableText, text: Type.String() });

const Notices = Type.Object({
  state: Type.String({ description: 'waiting, registered, failing (it is tried again) or failed' }),
  code: nullableText,
  at: nullableText,
});

export const Merchant = Type.Object({
  merchantId: Type.String({ description: `the account's name; \`${unnamedMerchant}\` is the one without` }),
  settings: Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: `by name; a secret that is set is shown as ${secretMask}`,
  }),
  environment: Type.Union([Type.Literal('test'), Type.Literal('live'), Type.Null()], {
    description: 'which of the adapter’s addresses baseUrl is; null for another',
  }),
  isUsable: Type.Boolean(),
  faults: Type.Array(Fault),
  noticeUrl: Type.Union([Type.String(), Type.Null()], {
    description: 'where the provider tells us; give it by hand to one that registers none',
  }),
  notices: Type.Union([Notices, Type.Null()], {
    description: 'how registering that address went; null where the provider takes none',
  }),
});

export const Method = Type.Object({
  adapter: Type.String(),
  account: Type.String({ description: 'whose settings it uses; adapters of one account share them' }),
  paymentMethods: Type.Array(Type.String()),
  can: Type.Object({
    startInBrowser: Type.Boolean(),
    charge: Type.Boolean(),
    ask: Type.Boolean(),
    capture: Type.Boolean(),
    cancel: Type.Boolean(),
    refund: Type.Boolean(),
    refundInPart: Type.Boolean(),
    stopAgreement: Type.Boolean(),
    changeAgreement: Type.Boolean(),
    takeNotices: Type.Boolean(),
    registerNotices: Type.Boolean(),
    testSettings: Type.Boolean(),
  }),
  settings: Type.Array(
    Type.Object({
      name: Type.String(),
      label: Type.String(),
      kind: Type.String(),
      choices: Type.Optional(Type.Array(Type.String(), { description: 'what a choice takes' })),
      required: Type.Boolean(),
      secret: Type.Boolean(),
      isMade: Type.Boolean(),
    }),
  ),
  addresses: Type.Array(Type.Object({ environment: Type.String(), url: Type.String() })),
  merchants: Type.Array(Merchant),
});

type Context = { secrets: { sealing: SealingKeys }; settings: AddressRules & { publicUrl: string } };

/** An adapter as the publisher's staff sees it, with those of the merchants that are its own. */
export function showMethod(
  context: Context,
  method: PaymentMethod,
  rows: readonly MerchantRow[],
): Type.Static<typeof Method> {
  const account = accountOf(method);
  return {
    adapter: method.name,
    account,
    paymentMethods: namesServedBy(method),
    can: abilitiesOf(method),
    settings: method.settings.map(({ choices, isMade = false, ...setting }) => ({
      ...setting,
      ...(choices && { choices: [...choices] }),
      isMade,
    })),
    addresses: [...(method.addresses ?? [])],
    merchants: rows.filter((row) => row.adapter === account).map((row) => showMerchant(context, method, row)),
  };
}

function abilitiesOf(method: PaymentMethod): Type.Static<typeof Method>['can'] {
  return {
    startInBrowser: method.start !== undefined,
    charge: method.charge !== undefined,
    ask: method.ask !== undefined,
    capture: method.capture !== undefined,
    cancel: method.cancel !== undefined,
    refund: method.refund !== undefined,
    refundInPart: method.refund !== undefined && method.refundsWholeOnly !== true,
    stopAgreement: method.stopAgreement !== undefined,
    changeAgreement: method.changeAgreement !== undefined,
    takeNotices: method.readNotice !== undefined,
    registerNotices: method.registerNotices !== undefined,
    testSettings: method.testSettings !== undefined,
  };
}

export function showMerchant(
  context: Context,
  method: PaymentMethod,
  row: MerchantRow,
): Type.Static<typeof Merchant> {
  const { settings, faults } = readMerchant(context, method, row);
  const { gateToken } = settings;
  const isTold = method.readNotice !== undefined && gateToken !== undefined;
  const { publicUrl } = context.settings;
  return {
    merchantId: row.merchant_id === '' ? unnamedMerchant : row.merchant_id,
    settings: masked(method, settings),
    environment: environmentOf(method, settings) ?? null,
    isUsable: faults.length === 0,
    faults,
    noticeUrl: isTold ? noticeUrlOf(publicUrl, row.adapter, gateToken) : null,
    notices: method.registerNotices ? showNotices(row.notices[method.name]) : null,
  };
}

function showNotices(noted: NoticesNote | undefined): Type.Static<typeof Notices> {
  if (!noted) return { state: 'waiting', code: null, at: null };
  return { state: noted.state, code: noted.code, at: new Date(noted.at).toISOString() };
}

type Read = { settings: MethodSettings; faults: Type.Static<typeof Fault>[] };

function readMerchant({ secrets, settings: rules }: Context, method: PaymentMethod, row: MerchantRow): Read {
  try {
    const settings = openMerchant(secrets.sealing, row);
    return {
      settings,
      faults: [
        ...findBrokenSettings(method, settings),
        ...findForbiddenAddresses(rules, method, settings),
      ].map(({ setting, text }) => ({ setting, text })),
    };
  } catch {
    const text = 'the secrets were sealed with a key that is not known; give them again';
    return { settings: row.settings, faults: [{ setting: null, text }] };
  }
}

function masked(method: PaymentMethod, settings: MethodSettings): Record<string, string> {
  const plain = new Set(method.settings.filter((one) => !one.secret).map((one) => one.name));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, plain.has(name) ? value : secretMask]),
  );
}
