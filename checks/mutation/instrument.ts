import { type Node, type Program, parseSync } from 'oxc-parser';
import { apply, type Change, type Mutant } from './mutant.ts';
import { mutateCode } from './mutate-code.ts';
import { mutateSql } from './mutate-sql.ts';
import { childrenOf, isFunction, isLabel, isPlain, nameOf, statementText } from './read-syntax.ts';
import { switchesName } from './runtime.ts';

export type Instrumented = {
  /** The file with every mutant in it, each behind its switch. */
  text: string;
  mutants: Mutant[];
};

/** A text that statements of the file have in common, and its mutants. */
type Fragment = { start: number; end: number; mutants: Mutant[] };

type Work = {
  place: string;
  file: string;
  source: string;
  firstId: number;
  mutants: Mutant[];
  fragments: Map<string, Fragment>;
};

/** Where a node stands: a link of `a?.b.c` is only broken as a part of the whole. */
type Place = { owner: string; isStatic: boolean; parent: Node; isLink: boolean };

/**
 * Finds the mutants of a file and writes all of them into it, so that one loaded program is every mutant in
 * turn. A statement of SQL is broken where it is used, and its name is then another.
 */
export function instrument(about: Pick<Work, 'place' | 'file' | 'source' | 'firstId'>): Instrumented {
  const { program, errors } = parseSync(about.file, about.source, { preserveParens: false });
  if (errors[0]) throw new Error(`${about.file} cannot be read: ${errors[0].message}`);
  const work: Work = { ...about, mutants: [], fragments: new Map() };
  findFragments(work, program);
  const text = render(work, program, { owner: '', isStatic: true, parent: program, isLink: false });
  const given = `const ${switchesName} = globalThis.${switchesName}; `;
  return { text: given + work.source.slice(0, program.start) + text, mutants: work.mutants };
}

/** The node's text with the switches of all that is within, and its own around it. */
function render(work: Work, node: Node, place: Place): string {
  const owner = place.owner || nameOf(node);
  const here = { ...place, owner };
  const statement = statementText(node);
  if (statement) return renderStatement(work, node, statement, owner);
  if (place.isStatic && node.type === 'VariableDeclarator' && work.fragments.has(nameOf(node)))
    return textOf(work, node);
  if (place.isStatic && node.type === 'Property' && isInObject(place) && isPlain(node.value))
    return renderProperty(work, node, here);
  const parts = childrenOf(node).map((child) => partOf(work, child, node, here));
  if (node.type === 'SwitchCase') return renderCase(work, node, here, parts);
  const text = splice(work.source, node, parts);
  if (place.isLink || isLabel(node, place.parent) || place.parent.type === 'TaggedTemplateExpression')
    return text;
  const made = mutateCode(node, place.parent, work.source).map((broken) =>
    addMutant(work, { start: node.start, end: node.end, text: broken }, { ...here, sort: 'code' }),
  );
  if (made.length === 0) return text;
  if (node.type === 'BlockStatement') return `{if(${made.map(isOn).join('||')}){}else ${text}}`;
  return `(${made.map((mutant) => `${isOn(mutant)}?(${mutant.change.text}):`).join('')}(${text}))`;
}

type Part = { start: number; end: number; text: string };

function partOf(work: Work, child: Node, node: Node, { owner, isStatic, isLink }: Place): Part {
  const isNext =
    (node.type === 'MemberExpression' && node.object === child) ||
    (node.type === 'CallExpression' && node.callee === child);
  const place = {
    owner,
    isStatic: isStatic && !isFunction(node),
    parent: node,
    isLink: node.type === 'ChainExpression' || (isLink && isNext),
  };
  return { start: child.start, end: child.end, text: render(work, child, place) };
}

function isInObject({ parent }: Place): boolean {
  return parent.type === 'ObjectExpression';
}

/** A constant of a table is read anew each time, so that its mutants can be switched while all runs. */
function renderProperty(work: Work, node: Node & { type: 'Property' }, place: Place): string {
  const value = partOf(work, node.value, node, { ...place, isStatic: false });
  const key = textOf(work, node.key);
  return `get ${node.computed ? `[${key}]` : key}() { return ${value.text}; }`;
}

/** What is done in one case of a `switch` is left out. */
function renderCase(
  work: Work,
  node: Node & { type: 'SwitchCase' },
  place: Place,
  parts: readonly Part[],
): string {
  const [first] = node.consequent;
  const last = node.consequent.at(-1);
  const text = splice(work.source, node, parts);
  if (!first || !last || first.type === 'BlockStatement') return text;
  const mutant = addMutant(work, { start: first.start, end: last.end, text: '' }, { ...place, sort: 'code' });
  const before = parts.filter((part) => part.end <= first.start);
  const start = splice(work.source, { start: node.start, end: first.start }, before);
  const within = parts.filter((part) => part.start >= first.start);
  const done = splice(work.source, { start: first.start, end: last.end }, within);
  return `${start}if(${isOn(mutant)}){}else{${done}}`;
}

function renderStatement(work: Work, node: Node, given: Node, owner: string): string {
  const own = textOf(work, node);
  const inside = { start: given.start + 1, end: given.end - 1 };
  const raw = textOf(work, inside);
  const withText = (text: string) => apply(own, { ...shifted(inside, -node.start), text });
  const about = { owner, isStatic: false, sort: 'sql' } as const;
  const broken = mutateSql(raw).map((change) => {
    const mutant = addMutant(work, { ...shifted(change, inside.start), text: change.text }, about);
    return `[${mutant.id}, ${withText(apply(raw, change))}]`;
  });
  const ofFragments = [...work.fragments].flatMap(([name, fragment]) =>
    raw.includes(`\${${name}}`)
      ? fragment.mutants.map((mutant) => {
          const change = { ...shifted(mutant.change, -fragment.start), text: mutant.change.text };
          const text = apply(textOf(work, fragment), change);
          return `[${mutant.id}, ${withText(raw.replaceAll(`\${${name}}`, () => text))}]`;
        })
      : [],
  );
  const all = [...broken, ...ofFragments];
  return all.length === 0 ? own : `${switchesName}.statement(${own}, [${all.join(', ')}])`;
}

/** Texts at the top of the file that stand in its statements as `${name}`. */
function findFragments(work: Work, program: Program): void {
  for (const node of program.body) {
    const declared = node.type === 'VariableDeclaration' ? node.declarations[0] : undefined;
    if (declared?.init?.type !== 'TemplateLiteral') continue;
    const owner = nameOf(declared);
    if (!work.source.includes(`\${${owner}}`)) continue;
    const inside = { start: declared.init.start + 1, end: declared.init.end - 1 };
    const mutants = mutateSql(textOf(work, inside)).map((change) =>
      addMutant(
        work,
        { ...shifted(change, inside.start), text: change.text },
        { owner, isStatic: false, sort: 'sql' },
      ),
    );
    work.fragments.set(owner, { ...inside, mutants });
  }
}

function addMutant(
  work: Work,
  change: Change,
  { owner, isStatic, sort }: Pick<Mutant, 'owner' | 'isStatic' | 'sort'>,
): Mutant {
  const mutant: Mutant = {
    id: work.firstId + work.mutants.length,
    place: work.place,
    file: work.file,
    line: work.source.slice(0, change.start).split('\n').length,
    owner,
    before: textOf(work, change),
    after: change.text,
    change,
    sort,
    isStatic,
  };
  work.mutants.push(mutant);
  return mutant;
}

function isOn({ id }: Mutant): string {
  return `${switchesName}.isOn(${id})`;
}

function shifted({ start, end }: { start: number; end: number }, by: number) {
  return { start: start + by, end: end + by };
}

function textOf(work: Work, { start, end }: { start: number; end: number }): string {
  return work.source.slice(start, end);
}

/** The text of a span with its parts in their new form. */
function splice(source: string, span: { start: number; end: number }, parts: readonly Part[]): string {
  let text = '';
  let at = span.start;
  for (const part of parts) {
    text += source.slice(at, part.start) + part.text;
    at = part.end;
  }
  return text + source.slice(at, span.end);
}
