/** What became of a mail. Source: RFC 3464, sections 2.3.3, 2.3.4 and 2.3.6. */
export type DeliveryStatus = {
  action: 'failed' | 'delayed';
  /** An enhanced status code of RFC 3463. */
  status: string;
  /** The words of the server that said so. */
  diagnostic: string;
};

export type Undelivered = {
  /** The envelope's sender, to whom the report goes. */
  sender: string;
  recipient: string;
  /** The header of the mail, as it was sent. */
  header: string;
  arrivedAt: Date;
  reportedAt: Date;
  status: DeliveryStatus;
};

const host = 'mail.sandbox.example';
const says = { failed: 'could not be delivered to', delayed: 'is not delivered yet to' };

/**
 * A report about a mail, as mail servers write it: words for people, a status for machines, and the header of
 * what came back. `id` tells it from others. Sources: RFC 3464 (status), RFC 3462 (`multipart/report`).
 */
export function writeDeliveryReport(mail: Undelivered, id: string): string {
  const { sender, recipient, header, status } = mail;
  const boundary = `report-${id}`;
  const parts = [
    ['text/plain; charset=utf-8', [`Your mail ${says[status.action]} <${recipient}>:`, status.diagnostic]],
    [
      'message/delivery-status',
      [
        `Reporting-MTA: dns; ${host}`,
        `Arrival-Date: ${dateOf(mail.arrivedAt)}`,
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        `Action: ${status.action}`,
        `Status: ${status.status}`,
        `Diagnostic-Code: smtp; ${status.diagnostic}`,
        `Last-Attempt-Date: ${dateOf(mail.reportedAt)}`,
      ],
    ],
    ['text/rfc822-headers', [header.trimEnd()]],
  ] as const;
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${host}>`,
    `To: <${sender}>`,
    `Subject: ${status.action === 'failed' ? 'Undelivered mail returned to sender' : 'Delayed mail'}`,
    `Date: ${dateOf(mail.reportedAt)}`,
    `Message-ID: <${id}@${host}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    ...parts.flatMap(([type, body]) => [`--${boundary}`, `Content-Type: ${type}`, '', ...body, '']),
    `--${boundary}--`,
    '',
  ];
  return lines.join('\n').replaceAll(/\r?\n/g, '\r\n');
}

/** As RFC 5322 has it; an offset in digits, and no name of a zone. */
function dateOf(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
