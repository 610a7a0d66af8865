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

type Line = { event: string; now: string[]; later: string[] };

function readJourney(loaded: Loaded): Line[] | Problem {
  if ('problem' in loaded) return loaded.problem;
  const journey = loaded.exports.journey;
  if (!isRecord(journey)) return { file: table, message: 'exports no object `journey`' };
  return Object.entries(journey).map(([event, steps]) => ({
    event,
    now: stepNames(isRecord(steps) ? steps.now : undefined),
    later: stepNames(isRecord(steps) ? steps.later : undefined),
  }));
}

function stepNames(steps: unknown): string[] {
  if (!Array.isArray(steps)) return [];
  return steps.map((step: unknown) => {
    if (typeof step === 'function') return step.name;
    return textMember(step, 'stepName') ?? textMember(step, 'name') ?? '?';
  });
}

function drawJourney(journey: Line[]): string {
  const edges = journey.flatMap(({ event, now, later }, index) => [
    `  e${index}(["${event}"])`,
    ...now.map((step) => `  e${index} --> ${nodeOf(step)}`),
    ...later.map((step) => `  e${index} -.-> ${nodeOf(step)}`),
  ]);
  const rows = journey.map(
    ({ event, now, later }) => `| ${event} | ${now.join(', ')} | ${later.join(', ')} |`,
  );
  return [
    '',
    '```mermaid',
    'flowchart LR',
    ...edges,
    '```',
    '',
    'Full arrows: steps in the transaction that recorded the event. Dotted arrows: steps run afterwards.',
    '',
    '| what happened | in the same transaction | afterwards |',
    '| --- | --- | --- |',
    ...rows,
    '',
    '',
  ].join('\n');
}

function nodeOf(step: string): string {
  return `${step.replaceAll(/\W+/g, '_')}["${step}"]`;
}
