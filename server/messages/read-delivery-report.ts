export type DeliveryReport = {
  /** `pending` says nothing yet: the server still tries, or has handed the mail on. */
  outcome: 'failed' | 'delivered' | 'pending';
  /** The enhanced status code (RFC 3463), where there is one. */
  status: string | undefined;
};

/**
 * Reads a delivery status notification (RFC 3464): a mail with `multipart/report`, or only its
 * `message/delivery-status`, with or without the headers of a mail. `contentType` is what came beside the
 * text, where that says more than that it is a mail. Only machine-readable fields are read; anything else,
 * such as the answer of somebody on holiday, is no report.
 */
export function readDeliveryReport(
  contentType: string | undefined,
  text: string,
): DeliveryReport | undefined {
  const isNamed = /^\s*(multipart\/|message\/(global-)?delivery-status)/i.test(contentType ?? '');
  const part = isNamed ? { contentType: contentType ?? '', body: text } : readPart(text);
  const status = findStatus(part, 0) ?? (!isNamed && isBareStatus(text) ? text : undefined);
  return status === undefined ? undefined : readStatus(status);
}

type Part = { contentType: string; body: string };

/** A report is two levels deep; a mail that nests further is not looked into. */
const deepest = 3;

function findStatus(part: Part, depth: number): string | undefined {
  const type = part.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'message/delivery-status' || type === 'message/global-delivery-status') return part.body;
  const boundary = boundaryOf(part.contentType);
  if (!type.startsWith('multipart/') || boundary === undefined || depth === deepest) return undefined;
  for (const inner of splitParts(part.body, boundary)) {
    const found = findStatus(readPart(inner), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** The parts between the boundary's lines (RFC 2046, 5.1.1). */
function splitParts(body: string, boundary: string): string[] {
  const parts: string[][] = [];
  for (const line of linesOf(body)) {
    const isBoundary = line.startsWith(`--${boundary}`);
    const rest = isBoundary ? line.slice(boundary.length + 2).trimEnd() : undefined;
    if (rest === '--') break;
    if (rest === '') parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join('\n'));
}

function readPart(text: string): Part {
  const lines = linesOf(text);
  const header = headerOf(lines);
  const contentType = readFields(header).get('content-type') ?? 'text/plain';
  return { contentType, body: lines.slice(header.length + 1).join('\n') };
}

/** The lines before the first empty one. */
function headerOf(lines: readonly string[]): readonly string[] {
  const end = lines.indexOf('');
  return end === -1 ? lines : lines.slice(0, end);
}

/** The first field that every report has to have (RFC 3464, 2.2.2) stands where a mail has its headers. */
function isBareStatus(text: string): boolean {
  return readFields(headerOf(linesOf(text.trimStart()))).has('reporting-mta');
}

/** The fields of a mail's recipients: one that failed weighs more than all that came (RFC 3464, 2.3.3). */
function readStatus(text: string): DeliveryReport | undefined {
  const told = groupsOf(text).flatMap((fields) => {
    const outcome = outcomeOf(fields.get('action'));
    return outcome === undefined ? [] : [{ outcome, status: statusOf(fields.get('status')) }];
  });
  const find = (outcome: DeliveryReport['outcome']) => told.find((one) => one.outcome === outcome);
  return find('failed') ?? find('pending') ?? find('delivered');
}

function outcomeOf(action: string | undefined): DeliveryReport['outcome'] | undefined {
  switch (/^\s*([a-z]+)/i.exec(action ?? '')?.[1]?.toLowerCase()) {
    case 'failed':
      return 'failed';
    case 'delivered':
      return 'delivered';
    case 'delayed':
    case 'relayed':
    case 'expanded':
      return 'pending';
    default:
      return undefined;
  }
}

function statusOf(text: string | undefined): string | undefined {
  return /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec(text ?? '')?.[1];
}

/** Groups of fields with empty lines between them: first of the message, then of each recipient. */
function groupsOf(text: string): Map<string, string>[] {
  const groups: string[][] = [[]];
  for (const line of linesOf(text)) {
    if (line.trim() === '') groups.push([]);
    else groups.at(-1)?.push(line);
  }
  return groups.map(readFields);
}

/** Fields by name in lower case; a line that begins with a space goes on with the one before it. */
function readFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  let name: string | undefined;
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) {
      if (name !== undefined) fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
      continue;
    }
    name = colon > 0 ? line.slice(0, colon).trim().toLowerCase() : undefined;
    if (name !== undefined && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}
