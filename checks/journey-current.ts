import type { Problem } from './check.ts';
import { keepGenerated } from './reading/compare-generated.ts';
import { readText } from './reading/list-files.ts';
import { isRecord, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/journey.ts';
const meanings = 'server/event-meanings.ts';
const document = 'docs/journey.md';
const block = /(<!-- journey:start -->\n)[^]*?(<!-- journey:end -->)/;

/** The state machines that are drawn: what each is of, and where its table stands. */
const machines = [
  { title: 'An order', file: 'server/orders/order.ts', exported: 'orderTransitions' },
  { title: 'A try to pay', file: 'server/payments/payment.ts', exported: 'attemptTransitions' },
  {
    title: 'A capture, release or refund',
    file: 'server/payments/payment.ts',
    exported: 'operationTransitions',
  },
] as const;

export const name = 'journey-current';

/** The page of the journey says what `journey.ts` and the tables of states say. */
export const { run, fix } = keepGenerated(document, generate);

async function generate(root: string): Promise<string | Problem> {
  const journey = await loadTable(root, table, 'journey');
  if ('problem' in journey) return journey.problem;
  const meaning = await loadTable(root, meanings, 'eventMeanings');
  if ('problem' in meaning) return meaning.problem;
  const drawings: string[] = [];
  for (const { title, file, exported } of machines) {
    const states = await loadTable(root, file, exported);
    if ('problem' in states) return states.problem;
    drawings.push(...drawStates(title, states.rows));
  }
  const text = await readText(root, document);
  if (text === undefined || !block.test(text)) {
    return { file: document, message: 'has no lines <!-- journey:start --> and <!-- journey:end -->' };
  }
  const lines = ['', ...drawings, ...listJourney(readLines(journey.rows), meaning.rows), '', ''];
  return text.replace(block, (_, start: string, end: string) => `${start}${lines.join('\n')}${end}`);
}

type Rows = Readonly<Record<string, unknown>>;

async function loadTable(
  root: string,
  file: string,
  exported: string,
): Promise<{ rows: Rows } | { problem: Problem }> {
  const loaded = await loadBuilt(root, file);
  if ('problem' in loaded) return loaded;
  const rows = loaded.exports[exported];
  return isRecord(rows) ? { rows } : { problem: { file, message: `exports no object \`${exported}\`` } };
}

/** The first state of its table is where it begins. What follows is a list, or an action with its state. */
function drawStates(title: string, states: Rows): string[] {
  const [first] = Object.keys(states);
  const arrows = Object.entries(states).flatMap(([state, next]) => {
    if (Array.isArray(next)) return next.map((after) => `  ${state} --> ${after}`);
    return Object.entries(isRecord(next) ? next : {}).map(
      ([action, after]) => `  ${state} --> ${String(after)}: ${action}`,
    );
  });
  return [`### ${title}`, '', '```mermaid', 'stateDiagram-v2', `  [*] --> ${first}`, ...arrows, '```', ''];
}

type Step = { name: string; reports: string[] };
type Line = { event: string; now: Step[]; later: Step[] };

function readLines(journey: Rows): Line[] {
  return Object.entries(journey).map(([event, steps]) => ({
    event,
    now: readSteps(isRecord(steps) ? steps['now'] : undefined),
    later: readSteps(isRecord(steps) ? steps['later'] : undefined),
  }));
}

function readSteps(steps: unknown): Step[] {
  if (!Array.isArray(steps)) return [];
  return steps.map((step: unknown) => {
    const reports: unknown = isRecord(step) ? step['reports'] : undefined;
    const name = typeof step === 'function' ? step.name : textMember(step, 'stepName');
    return { name: name ?? '?', reports: Array.isArray(reports) ? reports.map(String) : [] };
  });
}

function listJourney(journey: readonly Line[], meaning: Rows): string[] {
  const reports = new Map(
    journey.flatMap(({ now }) => now.map((step) => [step.name, step.reports] as const)),
  );
  return [
    '## What follows from what',
    '',
    '| event | what it means | in the same transaction | afterwards |',
    '| --- | --- | --- | --- |',
    ...journey.map(({ event, now, later }) => {
      return `| ${event} | ${textMember(meaning, event) ?? ''} | ${namesOf(now)} | ${namesOf(later)} |`;
    }),
    '',
    '## What a step may report',
    '',
    '| step, in the same transaction | events it may report |',
    '| --- | --- |',
    ...[...reports].flatMap(([step, events]) =>
      events.length > 0 ? [`| ${step} | ${events.join(', ')} |`] : [],
    ),
  ];
}

function namesOf(steps: readonly Step[]): string {
  return steps.map((step) => step.name).join(', ');
}
