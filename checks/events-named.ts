import type { Problem } from './check.ts';
import { compareGenerated, writeGenerated } from './reading/compare-generated.ts';
import { readText } from './reading/list-files.ts';
import { isRecord, type Loaded, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/callbacks/event-names.ts';
const meanings = 'server/event-meanings.ts';
const journeyTable = 'server/journey.ts';
const document = 'docs/guides/events.md';
const block = /(<!-- events:start -->\n)[^]*?(<!-- events:end -->)/;

type Event = { inside: string; name: string | undefined; place: string };

export const name = 'events-named';

/**
 * Every event of the journey has a name outside or is said to be internal; it is logged, and told by
 * webhooks, exactly where its line says so; and the guide lists all names as the table does.
 */
export async function run(root: string): Promise<Problem[]> {
  const events = readEvents(await loadBuilt(root, table));
  if (!Array.isArray(events)) return [events];
  const journey = await loadBuilt(root, journeyTable);
  if ('problem' in journey) return [journey.problem];
  const list = await listNames(root, events);
  return [
    ...nameTwice(events),
    ...compareJourney(events, journey.exports.journey),
    ...(typeof list === 'string' ? await compareGenerated(root, document, list) : [list]),
  ];
}

export async function fix(root: string): Promise<void> {
  const events = readEvents(await loadBuilt(root, table));
  if (!Array.isArray(events)) return;
  const list = await listNames(root, events);
  if (typeof list === 'string') await writeGenerated(root, document, list);
}

function readEvents(loaded: Loaded): Event[] | Problem {
  if ('problem' in loaded) return loaded.problem;
  const names = loaded.exports.eventNames;
  if (!isRecord(names)) return { file: table, message: 'exports no object `eventNames`' };
  return Object.entries(names).map(([inside, event]) => ({
    inside,
    name: textMember(event, 'name'),
    place: event === 'by kind' ? 'log and webhooks' : (textMember(event, 'in') ?? 'nowhere'),
  }));
}

function nameTwice(events: readonly Event[]): Problem[] {
  const groups = Map.groupBy(
    events.filter((event) => event.name !== undefined),
    (event) => event.name,
  );
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([twice]) => ({ file: table, message: `two events are called ${twice}` }));
}

function compareJourney(events: readonly Event[], journey: unknown): Problem[] {
  if (!isRecord(journey)) return [{ file: journeyTable, message: 'exports no object `journey`' }];
  const known = new Map(events.map((event) => [event.inside, event]));
  return Object.entries(journey).flatMap(([inside, steps]) => {
    const event = known.get(inside);
    if (!event) return [{ file: table, message: `has no line for '${inside}'; say 'internal', or name it` }];
    const isLogged = isRecord(steps) && steps.logged === true;
    const isSent = isRecord(steps) && Array.isArray(steps.now) && steps.now.some(isWebhookStep);
    return [
      ...differs(event, 'log', isLogged, 'the log'),
      ...differs(event, 'webhooks', isSent, 'queueWebhook'),
    ];
  });
}

function isWebhookStep(step: unknown): boolean {
  return textMember(step, 'stepName') === 'queueWebhook';
}

function differs(event: Event, place: string, isSo: boolean, what: string): Problem[] {
  const said = event.place.includes(place);
  if (said === isSo) return [];
  const message = `'${event.inside}' is ${said ? '' : 'not '}in ${place} here, and ${journeyTable} ${
    isSo ? 'has' : 'has not'
  } ${what} at it`;
  return [{ file: table, message }];
}

async function listNames(root: string, events: readonly Event[]): Promise<string | Problem> {
  const loaded = await loadBuilt(root, meanings);
  if ('problem' in loaded) return loaded.problem;
  const meaning = loaded.exports.eventMeanings;
  const text = await readText(root, document);
  if (text === undefined || !block.test(text)) {
    return { file: document, message: 'has no lines <!-- events:start --> and <!-- events:end -->' };
  }
  const rows = events.flatMap(({ inside, name: outside, place }) => {
    if (outside === undefined) return [];
    const means = textMember(meaning, inside) ?? '';
    return [`| \`${outside}\` | ${means} | ${mark(place, 'log')} | ${mark(place, 'webhooks')} |`];
  });
  const head = ['| name | what it means | in `/events` | by webhooks |', '| --- | --- | --- | --- |'];
  const lines = ['', ...head, ...rows, '', ''];
  return text.replace(block, (_, start: string, end: string) => `${start}${lines.join('\n')}${end}`);
}

function mark(place: string, wanted: string): string {
  return place.includes(wanted) ? 'yes' : '';
}
