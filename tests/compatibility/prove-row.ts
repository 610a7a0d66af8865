import { until } from '../builders/until.ts';
import type { Answer, Row, Step } from './row.ts';
import { faultsOf } from './shape.ts';
import type { Fact, Facts, Town } from './town.ts';

type Reply = { url: string; status: number; headers: Headers; text: string };

/** The statuses of what is not there, or not taken. */
const refusals: ReadonlySet<number> = new Set([400, 404, 405, 415]);

/**
 * Asks what the row asks, and answers what is wrong with its state; nothing where it is true. What is there
 * answers every step as the row says. What is missing is refused by name at some step, or answered as
 * `meanwhile` says: a row whose every step is answered was built, and says otherwise.
 */
export async function proveRow(town: Town, row: Row): Promise<string[]> {
  const isMissing = row.state === 'later' || row.state === 'not offered';
  const facts = new Map(town.facts);
  for (const [index, step] of row.proof.entries()) {
    const { reply, faults } = await take(town, step, facts);
    if (faults.length === 0) {
      keep(step, reply, facts);
      continue;
    }
    const asked = `step ${index + 1}, ${describeStep(step)}`;
    if (!isMissing) return faults.map((fault) => `${asked}: ${fault}; it answered ${describeReply(reply)}`);
    if (row.meanwhile && faultsOfAnswer(row.meanwhile, reply, facts).length === 0) return [];
    return isRefusedByName(reply) ? [] : [`${asked}: is not refused by name: ${describeReply(reply)}`];
  }
  return isMissing ? ['is answered as it should be when it is built: say so in its row'] : [];
}

/** The request as it is written in the table, for people. */
export function describeStep({ as, method = 'GET', path }: Pick<Step, 'as' | 'method' | 'path'>): string {
  return `${method} ${path} as ${as}`;
}

async function take(town: Town, step: Step, facts: Facts): Promise<{ reply: Reply; faults: string[] }> {
  const ask = async () => {
    const reply = await send(town, step, facts);
    return { reply, faults: faultsOfAnswer(step.answer, reply, facts) };
  };
  if (step.eventually !== true) return ask();
  return until(describeStep(step), async () => {
    const taken = await ask();
    return taken.faults.length === 0 && taken;
  });
}

async function send(town: Town, step: Step, facts: Facts): Promise<Reply> {
  const { body, form, text } = step;
  const isJson = body !== undefined;
  const sent = isJson
    ? JSON.stringify(fill(body, facts))
    : form
      ? new URLSearchParams(fill(form, facts) as Record<string, string>)
      : text;
  const reply = await fetch(new URL(fillText(step.path, facts, encodeURIComponent), town.url), {
    method: step.method ?? 'GET',
    redirect: 'manual',
    headers: {
      ...(isJson && { 'content-type': 'application/json' }),
      ...town.headersOf(step.as),
      ...(fill(step.headers ?? {}, facts) as Record<string, string>),
    },
    body: sent ?? null,
  });
  const { url, status, headers } = reply;
  return { url, status, headers, text: await reply.text() };
}

function faultsOfAnswer(answer: Answer, reply: Reply, facts: Facts): string[] {
  const { leadsTo, fields, shows } = answer;
  const wanted = leadsTo === undefined ? (answer.status ?? 200) : 303;
  const isWanted = reply.status === wanted || (wanted === 303 && reply.status === 302);
  return [
    ...(isWanted ? [] : [`the status is ${reply.status}, not ${wanted}`]),
    ...Object.entries(answer.headers ?? {}).flatMap(([name, form]) =>
      form.test(reply.headers.get(name) ?? '') ? [] : [`has no header ${name} of the form ${String(form)}`],
    ),
    ...(leadsTo === undefined ? [] : faultsOfWay(fillText(leadsTo, facts), answer.with ?? [], reply)),
    ...(fields === undefined ? [] : faultsOf(fields, jsonOf(reply))),
    ...(shows === undefined || reply.text.includes(shows) ? [] : [`shows no ${shows}`]),
  ];
}

function faultsOfWay(start: string, parameters: readonly string[], reply: Reply): string[] {
  const location = locationOf(reply);
  const given = location?.searchParams;
  return [
    ...(byOneName(location?.href ?? '').startsWith(byOneName(start))
      ? []
      : [`leads to ${location?.href ?? 'nowhere'}, not to ${start}`]),
    ...parameters.flatMap((name) => (given?.has(name) ? [] : [`leads on without ${name}`])),
  ];
}

/** A machine has two names for itself. */
function byOneName(address: string): string {
  return address.replace('//127.0.0.1:', '//localhost:');
}

/** What later steps need: members of the reply, or parameters of the address that it leads to. */
function keep({ keeps = [] }: Step, reply: Reply, facts: Map<string, Fact>): void {
  const members = jsonOf(reply);
  const parameters = locationOf(reply)?.searchParams;
  for (const name of keeps) {
    const member = members?.[name];
    const found = typeof member === 'string' || typeof member === 'number' ? member : parameters?.get(name);
    if (found !== undefined && found !== null) facts.set(name, found);
  }
}

/** Our own codes, and OAuth's. */
function isRefusedByName(reply: Reply): boolean {
  const { code, error } = jsonOf(reply) ?? {};
  return refusals.has(reply.status) && (typeof code === 'string' || typeof error === 'string');
}

function fill(value: unknown, facts: Facts): unknown {
  if (typeof value === 'string') {
    const whole = facts.get(/^\{(\w+)\}$/.exec(value)?.[1] ?? '');
    return whole ?? fillText(value, facts);
  }
  if (Array.isArray(value)) return value.map((entry) => fill(entry, facts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, facts)]));
}

/** Addresses at the front of a path stand as they are; what is in a query is written for it. */
function fillText(text: string, facts: Facts, write: (fact: string) => string = (fact) => fact): string {
  return text.replace(/\{(\w+)\}/g, (asked, name: string, at: number) => {
    const fact = facts.get(name);
    if (fact === undefined) return asked;
    return at === 0 ? String(fact) : write(String(fact));
  });
}

function jsonOf({ text }: Reply): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function locationOf({ url, headers }: Reply): URL | undefined {
  const location = headers.get('location');
  return location === null ? undefined : new URL(location, url);
}

function describeReply({ status, headers, text }: Reply): string {
  return `${status} ${headers.get('location') ?? ''} ${text.slice(0, 300)}`;
}
