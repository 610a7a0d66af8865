import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readDeliveryReport } from './read-delivery-report.ts';

// The example of RFC 3464, appendix E.1, without the returned mail's text.
const simple = `Date: Thu, 7 Jul 1994 17:16:05 -0400
From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
Message-Id: <199407072116.RAA14128@CS.UTK.EDU>
Subject: Returned mail: Cannot send message for 5 days
To: <owner-info-mime@cs.utk.edu>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
      boundary="RAA14128.773615765/CS.UTK.EDU"

--RAA14128.773615765/CS.UTK.EDU

The original message was received at Sat, 2 Jul 1994 17:10:28 -0400
from root@localhost

--RAA14128.773615765/CS.UTK.EDU
content-type: message/delivery-status

Reporting-MTA: dns; cs.utk.edu

Original-Recipient: rfc822;louisl@larry.slip.umd.edu
Final-Recipient: rfc822;louisl@larry.slip.umd.edu
Action: failed
Status: 4.0.0
Diagnostic-Code: smtp; 426 connection timed out
Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

--RAA14128.773615765/CS.UTK.EDU
content-type: message/rfc822

[original message goes here]

--RAA14128.773615765/CS.UTK.EDU--
`;

function fieldsOf(...recipients: string[]): string {
  return ['Reporting-MTA: dns; mail.example', ...recipients].join('\n\n');
}
const failed = 'Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1';
const delayed = 'Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1';
const delivered = 'Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0';

const holiday = 'From: kari@example.no\nSubject: Auto: away\nContent-Type: text/plain\n\nAction: failed\n';
const returned = `From: a@b.example
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: message/rfc822

${simple}
--x--
`;

type Case = [
  what: string,
  contentType: string | undefined,
  text: string,
  read: string | undefined,
  status?: string,
];
const cases: Case[] = [
  ['the example of RFC 3464', 'message/rfc822', simple, 'failed', '4.0.0'],
  ['without a type beside it', undefined, simple, 'failed', '4.0.0'],
  [
    'with the type that curl names',
    'application/x-www-form-urlencoded',
    simple.replaceAll('\n', '\r\n'),
    'failed',
    '4.0.0',
  ],
  [
    'a body whose type stands beside it',
    'multipart/report; boundary=b',
    `--b\nContent-Type: message/delivery-status\n\n${fieldsOf(failed)}\n--b--`,
    'failed',
    '5.1.1',
  ],
  ['only the status', 'message/delivery-status', fieldsOf(failed), 'failed', '5.1.1'],
  [
    'of an address beyond ASCII (RFC 6533)',
    'message/global-delivery-status',
    fieldsOf(failed),
    'failed',
    '5.1.1',
  ],
  ['only the status, and nothing beside it', undefined, `\n${fieldsOf(failed)}`, 'failed', '5.1.1'],
  ['a server that still tries', 'message/delivery-status', fieldsOf(delayed), 'pending', '4.4.1'],
  ['a mail that came', 'message/delivery-status', fieldsOf(delivered), 'delivered', '2.0.0'],
  [
    'handed on',
    'message/delivery-status',
    fieldsOf(delivered.replace('delivered', 'relayed')),
    'pending',
    '2.0.0',
  ],
  [
    'words in other letters, with a comment',
    'Message/Delivery-Status',
    fieldsOf('ACTION: Failed (gave up)\nSTATUS:\n  5.2.2 (full)'),
    'failed',
    '5.2.2',
  ],
  ['one of two recipients', 'message/delivery-status', fieldsOf(delivered, failed), 'failed', '5.1.1'],
  ['a status that is none', 'message/delivery-status', fieldsOf('Action: failed\nStatus: no'), 'failed'],
  ['an action that is none', 'message/delivery-status', fieldsOf('Action: lost\nStatus: 5.0.0'), undefined],
  ['no recipient', 'message/delivery-status', fieldsOf(), undefined],
  ['the answer of somebody away', 'message/rfc822', holiday, undefined],
  ['a mail that holds a report of another', 'message/rfc822', returned, undefined],
  ['a report without a boundary', 'multipart/report', simple, undefined],
  ['JSON', 'application/json', '{"action":"failed"}', undefined],
  ['nothing', undefined, '', undefined],
];

for (const [what, contentType, text, outcome, status] of cases) {
  test(`${what}: ${outcome ?? 'no report'}`, () => {
    const expected = outcome === undefined ? undefined : { outcome, status };
    assert.deepEqual(readDeliveryReport(contentType, text), expected);
  });
}

test('a mail of many boundaries or spaces is read in its length', () => {
  const boundaries = `Content-Type: multipart/report; boundary=b\n\n${'--b\n'.repeat(60_000)}`;
  const spaces = `Content-Type: ${' '.repeat(200_000)}\n\n`;
  for (const text of [boundaries, spaces]) assert.equal(readDeliveryReport(undefined, text), undefined);
});

/** What Postfix 3.7 of Debian 12 wrote and its pipe handed on, byte for byte; `away` is by Debian's `vacation`. */
const ofPostfix: [file: string, outcome: string | undefined, status?: string][] = [
  ['refused-by-the-other-server', 'failed', '5.1.1'],
  ['taken-and-then-bounced', 'failed', '5.1.1'],
  ['mailbox-full', 'failed', '5.2.2'],
  ['address-beyond-ascii', 'failed', '5.1.1'],
  ['delayed', 'pending', '4.2.1'],
  ['delivered', 'delivered', '2.0.0'],
  ['away', undefined],
];

for (const [file, outcome, status] of ofPostfix) {
  test(`what a real mail server wrote, ${file}: ${outcome ?? 'no report'}`, async () => {
    const url = new URL(`../../messages/reports-of-postfix/${file}.eml`, import.meta.url);
    const report = readDeliveryReport('message/rfc822', await readFile(url, 'utf8'));
    assert.deepEqual(report, outcome === undefined ? undefined : { outcome, status });
  });
}
