import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { receiveStatement } from '../withdrawals/receive-statement.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

let networks = 0;
/** By somebody else each time, who has proven nothing. */
function state(reference: string, receiptTo: string, language = 'nb') {
  const statement = {
    publisher: node.client.publisher,
    orderReference: reference,
    named: undefined,
    name: 'Somebody',
    receiptTo,
    language,
    statedAt: undefined,
    remark: undefined,
  };
  networks += 1;
  return receiveStatement(node.context, statement, `192.0.${networks}.7`);
}

type Receipt = {
  destination: string;
  language: string;
  many: number;
  seconds: number;
  gathers: number | null;
};

const receiptsTo = (email: string) =>
  node.rows<Receipt>(
    `SELECT destination, language, jsonb_array_length(facts -> 'withdrawalIds') AS many,
       extract(epoch FROM run_at - messages.created_at)::integer AS seconds,
       extract(epoch FROM (facts ->> 'gathersUntil')::timestamptz - messages.created_at)::integer AS gathers
     FROM messages JOIN jobs ON jobs.name = 'deliver-message'
       AND jobs.arguments ->> 'messageId' = message_id::text
     WHERE template = 'withdrawal-receipt' AND lower(destination) = lower($1) ORDER BY message_id`,
    [email],
  );

test('an address has one ceiling however it is written, and one e-mail above it in whichever language', async () => {
  const spellings = ['victim@example.com', 'Victim@Example.com', 'VICTIM@EXAMPLE.COM'];
  for (let number = 0; number < 6; number += 1)
    await state(`no-${number}`, spellings[number % 3] ?? '', number % 2 === 0 ? 'nb' : 'en');
  const sent = await receiptsTo('victim@example.com');
  assert.deepEqual(
    sent.map(({ many, language }) => `${many} ${language}`),
    ['1 nb', '1 en', '1 nb', '3 en'],
  );
  assert.equal(sent[3]?.destination, 'victim@example.com', 'the first of them says how');
});

test('what is gathered goes out well within the hour, and takes nothing more before it does', async () => {
  for (let number = 0; number < 4; number += 1) await state(`no-${number}`, 'late@example.com');
  const [first, , , gathered] = await receiptsTo('late@example.com');
  assert.deepEqual([first?.seconds, first?.gathers], [0, null]);
  assert.deepEqual([gathered?.seconds, gathered?.gathers], [45 * 60, 40 * 60]);
});

test('what went to the address that an order had before is not counted to its new one', async () => {
  const orderId = await fixture.captured([60]);
  const asked = async (email: string) => (await receiptsTo(email)).length;
  for (let number = 0; number < 4; number += 1) await state(String(orderId), `s${number}@example.com`);
  assert.equal(await asked('kari@example.com'), 3);
  const path = `/capi/v1/client/order/${orderId}/credential`;
  assert.equal((await node.post(path, { credential: 'right@example.com' })).status, 200);
  for (let number = 4; number < 8; number += 1) await state(String(orderId), `s${number}@example.com`);
  assert.deepEqual([await asked('kari@example.com'), await asked('right@example.com')], [3, 3]);
});
