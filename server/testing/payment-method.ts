import { methods } from '../payments/methods/list.ts';
import type {
  NoticesRegistered,
  NoticesUnregistered,
  PaymentMethod,
  SettingsFault,
} from '../payments/port/payment-method.ts';
import type { Evidence } from '../payments/port/provider-answer.ts';

/** A payment method that does as told, and what it was asked. Served as `nexi`. */
export function openTestMethod() {
  const calls: { what: string; settings: Readonly<Record<string, string>>; about: string }[] = [];
  const told = {
    registered: { kind: 'kept' } as NoticesRegistered,
    unregistered: { kind: 'gone' } as NoticesUnregistered,
    /** Happens while the provider registers. */
    meanwhile: async () => {},
    faults: [] as SettingsFault[],
    evidence: { meaning: 'pending', raw: '' } as Evidence,
  };
  const method: PaymentMethod = {
    name: 'test-pay',
    account: 'test-account',
    provider: 'Test Pay',
    settings: [
      { name: 'baseUrl', label: 'Address', kind: 'address', required: true, secret: false },
      { name: 'shop', label: 'Shop', kind: 'text', required: true, secret: false },
      { name: 'key', label: 'Key', kind: 'text', required: true, secret: true },
      { name: 'gateToken', label: 'Gate', kind: 'token', required: true, secret: true, isMade: true },
      { name: 'noticeKey', label: 'Notice key', kind: 'text', required: true, secret: true, isMade: true },
    ],
    needs: { mobile: false },
    money: 'taken at once',
    referencePattern: /^[a-z0-9]+$/,
    askAfterSeconds: [],
    charge: async () => ({ meaning: 'pending', providerId: 'test-1', raw: '' }),
    ask: async ({ settings }, attempt) => {
      calls.push({ what: 'ask', settings, about: attempt.reference });
      return told.evidence;
    },
    readNotice: () => ({ kind: 'ignored' }),
    registerNotices: async ({ settings }, noticeUrl) => {
      calls.push({ what: 'registerNotices', settings, about: noticeUrl });
      await told.meanwhile();
      return told.registered;
    },
    unregisterNotices: async ({ settings }) => {
      calls.push({ what: 'unregisterNotices', settings, about: '' });
      return told.unregistered;
    },
    testSettings: async ({ settings }) => {
      calls.push({ what: 'testSettings', settings, about: '' });
      return told.faults;
    },
  };
  methods.nexi = [method];
  return { method, calls, told };
}
