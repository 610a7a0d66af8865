import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveSecrets } from '../../config/secrets.ts';
import { credentialKey, parseCredential } from '../../kit/credential.ts';
import type { InputSchema } from '../../kit/http/input-schema.ts';
import { readInput } from '../../kit/http/read-input.ts';
import { clientId, publisherId } from '../../kit/ids.ts';
import { defaultClientSettings } from '../../publishers/client-settings.ts';
import { type Client } from '../../publishers/publisher.ts';
import { defaultPublisherSettings } from '../../publishers/publisher-settings.ts';
import type { AccessAnswer } from '../answer-access.ts';
import type { AccessCheck } from '../check-access.ts';
import { checkAccess } from './check-access.ts';

const secrets = deriveSecrets(Buffer.alloc(32, 1), undefined);
const caller: Client = {
  clientId: clientId('no.leveret.test'),
  by: { kind: 'client', id: 'no.leveret.test' },
  publisher: {
    publisherId: publisherId(1000),
    name: 'Test',
    timeZone: 'Europe/Oslo',
    country: 'NO',
    currency: 'NOK',
    locale: 'nb',
    ownerEmail: '',
    settings: defaultPublisherSettings,
  },
  name: 'Test',
  profile: 'original',
  scopes: [],
  returnAddresses: [],
  settings: defaultClientSettings,
  revocationNumber: 0,
  isDisabled: false,
};

const shown = {
  access: true,
  accessLevel: 'B' as const,
  accessType: 'A' as const,
  product: null,
  issue: null,
  articleId: 'a-1',
  categoryType: null,
  kind: 'bought' as const,
  startTime: 1000,
  endTime: null,
};
const found: AccessAnswer = { access: true, reason: 'bought', accesses: [{ ...shown, reason: 'bought' }] };

/** Calls the endpoint as the server does; the lane behind it answers `found` and keeps what it was asked. */
async function ask(body: object) {
  const asked: AccessCheck[] = [];
  const lane = async (check: AccessCheck) => {
    asked.push(check);
    return found;
  };
  const reading = readInput(checkAccess.body as InputSchema, body);
  assert.deepEqual(reading.problems, []);
  const call = { caller, body: reading.value, warnings: reading.warnings };
  const answer = await checkAccess.handle({ secrets, checkAccess: lane }, call as never);
  return { body: answer.body as Record<string, unknown>, asked };
}

test('asks by the credential as it is compared, in whichever way it is written', async () => {
  const credential = parseCredential('+4790000001', 'NO');
  assert.ok(credential);
  const key = credentialKey(secrets.credentialHash, caller.publisher.publisherId, credential);
  for (const written of ['90000001', '900 00 001', '0047 90000001', '+4790000001']) {
    const { asked } = await ask({ credential: written, product: 'DEMO' });
    assert.deepEqual(asked[0]?.credentialKey, key);
  }
});

test('passes on what is asked for, and says why only when asked', async () => {
  const asking = {
    uniqueId: 'u',
    product: 'P',
    issue: '1',
    articleId: 'a',
    categoryType: 'c',
    customerNumber: 7,
  };
  const quiet = await ask(asking);
  const plain = { ...asking, publisherId: caller.publisher.publisherId, credentialKey: undefined };
  assert.deepEqual(quiet.asked, [{ ...plain, wantsReason: false }]);
  assert.deepEqual(quiet.body, { access: true, accesses: [shown] });
  const telling = await ask({ ...asking, reason: true });
  assert.deepEqual(telling.asked, [{ ...plain, wantsReason: true }]);
  assert.deepEqual(telling.body, { ...found });
});

test('lists articles that may be read, unless one is asked for', async () => {
  assert.deepEqual((await ask({ uniqueId: 'u', accessArticle: true })).body['articles'], ['a-1']);
  assert.equal('articles' in (await ask({ uniqueId: 'u', accessArticle: true, articleId: 'a' })).body, false);
});

test('what asks for nothing of the original passes', async () => {
  const { body } = await ask({
    uniqueId: 'u',
    accessAzureAd: false,
    accessAidFamily: 'false',
    accessDomain: false,
  });
  assert.deepEqual(body, { access: true, accesses: [shown] });
});

const refused: [string, object, string, string][] = [
  ['nobody', { product: 'P' }, 'input_is_invalid', 'credential'],
  ['only a customer number', { customerNumber: 7 }, 'input_is_invalid', 'credential'],
  ['only a domain', { domain: 'b.no' }, 'not_supported_yet', 'domain'],
  ['a domain beside a holder', { domain: 'b.no', uniqueId: 'u' }, 'not_supported_yet', 'domain'],
  ['only an address', { ip: '192.0.2.1' }, 'not_supported_yet', 'ip'],
  ['an address beside a holder', { ip: '192.0.2.1', credential: 'a@b.no' }, 'not_supported_yet', 'ip'],
  ['a directory', { uniqueId: 'u', accessAzureAd: true }, 'not_supported_yet', 'accessAzureAd'],
  ['a family', { uniqueId: 'u', accessAidFamily: 'true' }, 'not_supported_yet', 'accessAidFamily'],
  ['domains of categories', { uniqueId: 'u', accessDomain: true }, 'not_supported_yet', 'accessDomain'],
  ['an issue of no product', { uniqueId: 'u', issue: '1' }, 'input_is_invalid', 'product'],
  ['what is no credential', { credential: 'AID:1' }, 'credential_is_invalid', 'credential'],
];

for (const [name, body, code, field] of refused) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(ask(body), (error: { code?: string; fields?: { field: string }[] }) => {
      assert.deepEqual([error.code, error.fields?.[0]?.field], [code, field]);
      return true;
    });
  });
}
