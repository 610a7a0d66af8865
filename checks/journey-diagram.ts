import type { Problem } from './check.ts';
import { compareGenerated, writeGenerated } from './reading/compare-generated.ts';
import { readText } from './reading/list-files.ts';
import { isRecord, type Loaded, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/journey.ts';
const document = 'ARCHITECTURE.md';
const block = /(<!-- journey:start -->\n)[^]*?(<!-- journey:end -->)/;

export const name = 'journey-diagram';

/** The picture of the journey in ARCHITECTURE.md is drawn from `journey.ts`. */
export async function run(root: string): Promise<Problem[]> {
  const generated = await generate(root);
  return typeof generated === 'string' ? compareGenerated(root, document, generated) : [generated];
}

export async function fix(root: string): Promise<void> {
  const generated = await generate(root);
  if (typeof generated === 'string') await writeGenerated(root, document, generated);
}

async function generate(root: string): Promise<string | Problem> {
  const journey = readJourney(await loadBuilt(root, table));
  if (!Array.isArray(journey)) return journey;
  const text = await readText(root, document);
  if (text === undefined) return { file: document, message: `waiting for ${document}` };
  if (!block.test(text)) {
    return { file: document, message: 'has no lines <!-- journey:start --> and <!-- journey:end -->' };
  }
  return text.replace(block, (_, start: string, end: string) => `${start}${drawJourney(journey)}${end}`);
}

type Step = { name: string; reports: string[] };
type Line = { event: string; now: Step[]; later: Step[] };

function readJourney(loaded: Loaded): Line[] | Problem {
  if ('problem' in loaded) return loaded.problem;
  const journey = loaded.exports.journey;
  if (!isRecord(journey)) return { file: table, message: 'exports no object `journey`' };
  return Object.entries(journey).map(([event, steps]) => ({
    event,
    now: readSteps(isRecord(steps) ? steps.now : undefined),
    later: readSteps(isRecord(steps) ? steps.later : undefined),
  }));
}

function readSteps(steps: unknown): Step[] {
  if (!Array.isArray(steps)) return [];
  return steps.map((step: unknown) => {
    const reports: unknown = isRecord(step) ? step.reports : undefined;
    const name = typeof step === 'function' ? step.name : textMember(step, 'stepName');
    return { name: name ?? '?', reports: Array.isArray(reports) ? reports.map(String) : [] };
  });
}

function drawJourney(journey: Line[]): string {
  const rows = journey.map(({ event, now, later }) => `| ${event} | ${namesOf(now)} | ${namesOf(later)} |`);
  return [
    '',
    '```mermaid',
    'flowchart LR',
    ...drawEdges(journey),
    '```',
    '',
    'Full arrows: steps in the transaction that recorded the event. Dotted arrows: steps run afterwards.',
    'Thick arrows: the events that a step may report in the same transaction.',
    '',
    '| what happened | in the same transaction | afterwards |',
    '| --- | --- | --- |',
    ...rows,
    '',
    '',
  ].join('\n');
}

/** An event that leads nowhere and comes from no step is in the table only. */
function drawEdges(journey: Line[]): string[] {
  const events = new Map(journey.map(({ event }, index) => [event, `e${index}(["${event}"])`]));
  const edges = journey.flatMap(({ event, now, later }) => [
    ...now.map((step) => `  ${events.get(event)} --> ${nodeOf(step)}`),
    ...later.map((step) => `  ${events.get(event)} -.-> ${nodeOf(step)}`),
  ]);
  const reports = journey.flatMap(({ now, later }) =>
    [...now, ...later].flatMap((step) =>
      step.reports.map((event) => `  ${nodeOf(step)} ==> ${events.get(event) ?? event}`),
    ),
  );
  return [...edges, ...new Set(reports)];
}

function namesOf(steps: Step[]): string {
  return steps.map((step) => step.name).join(', ');
}

function nodeOf(step: Step): string {
  return `${step.name.replaceAll(/\W+/g, '_')}["${step.name}"]`;
}
