// Makes a payment method: `npm run new:payment-method my-provider`, or one that serves a name which orders
// know already, with `-- --serves nexi`. What it makes compiles and passes the checks, and answers honestly
// that it is not written; the steps that are left are printed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  // Tests give another root.
  options: { serves: { type: 'string' }, root: { type: 'string', default: join(here, '..') } },
});
const { root } = values;
const [name = ''] = positionals;
const { __camel__: camel } = spellings();
const publicName = values.serves ?? camel;

const lists = {
  methods: 'server/payments/methods/list.ts',
  names: 'server/orders/payment-methods.ts',
  providers: 'sandbox/open-providers.ts',
};

const problem = findProblem();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  for (const [template, path] of Object.entries(places())) write(template, path);
  addToLists();
  console.log(describeSteps());
}

function findProblem() {
  if (name.length > 20 || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return 'npm run new:payment-method <name>: small letters and digits, at most 20, hyphens between.';
  }
  const taken = [`server/payments/methods/${name}`, `sandbox/${name}`].find((path) =>
    existsSync(join(root, path)),
  );
  if (taken) return `${taken} is there already.`;
  const isKnown = hasRow(readFileSync(join(root, lists.names), 'utf8'));
  return values.serves && !isKnown ? `${lists.names} has no ${values.serves}.` : undefined;
}

function places() {
  const method = `server/payments/methods/${name}`;
  const parts = ['settings', 'texts', 'demo', 'translate', 'translate.test', 'method', 'method.test'];
  const functions = ['start', 'charge', 'ask', 'capture', 'cancel', 'refund', 'notice', 'check-settings'];
  const files = ['README.md', ...[...parts, ...functions].map((part) => `${part}.ts`)];
  return {
    ...Object.fromEntries(files.map((file) => [`method/${file}`, `${method}/${file}`])),
    'sandbox/open.ts': `sandbox/${name}/${name}.ts`,
    'sandbox/mount.ts': `sandbox/${name}/mount-${name}.ts`,
    'sandbox/mount.test.ts': `sandbox/${name}/mount-${name}.test.ts`,
    'sandbox/provider.ts': `sandbox/${name}/provider.ts`,
  };
}

function write(template, path) {
  const text = readFileSync(join(here, 'templates/payment-method', `${template}.txt`), 'utf8');
  const filled = Object.entries(spellings()).reduce(
    (done, [placeholder, spelling]) => done.replaceAll(placeholder, spelling),
    text,
  );
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), sortOwnImports(filled));
}

/** One line in each list: by which orders find the adapter, which names there are, and who is imitated. */
function addToLists() {
  change(lists.methods, (text) =>
    hasRow(text)
      ? text.replace(new RegExp(`^(  ${publicName}: \\[.*)\\],$`, 'm'), `$1, ${camel}],`)
      : text.replace(/^\};$/m, `  ${publicName}: [${camel}],\n};`),
  );
  change(lists.methods, (text) => addImport(text, `import { ${camel} } from './${name}/method.ts';`));
  change(lists.names, (text) =>
    hasRow(text)
      ? text
      : text.replace(
          /^ {2}other: /m,
          `  ${publicName}: { recurring: 'refused', prepaid: 'refused', ...provider },\n$&`,
        ),
  );
  change(lists.providers, (text) =>
    text.replace(/^ {2}\];\n {2}return/m, `    ${camel}Provider(world),\n$&`),
  );
  change(lists.providers, (text) =>
    addImport(text, `import { ${camel}Provider } from './${name}/provider.ts';`),
  );
}

function hasRow(text) {
  return new RegExp(`^  ${publicName}: `, 'm').test(text);
}

function change(path, edit) {
  writeFileSync(join(root, path), edit(readFileSync(join(root, path), 'utf8')));
}

/** Among the imports of neighbours, which stand in the order of their folders. */
function addImport(text, line) {
  const lines = text.split('\n');
  const folderOf = (one) => /^import .* from '\.\/([\w-]+)/.exec(one)?.[1];
  const next = lines.findIndex((one) => (folderOf(one) ?? '') > name);
  const last = lines.findLastIndex((one) => folderOf(one) !== undefined);
  return lines.toSpliced(next === -1 ? last + 1 : next, 0, line).join('\n');
}

/** Where a file's own neighbours stand among its imports depends on the name. */
function sortOwnImports(text) {
  return text.replaceAll(/(?:^import .* from '\.\/.*';\n)+/gm, (block) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(line.indexOf("'")), line])
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, line]) => `${line}\n`)
      .join(''),
  );
}

function spellings() {
  const pascal = name.replace(/(?:^|-)(\w)/g, (_match, letter) => letter.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
  return { __name__: name, __Pascal__: pascal, __camel__: camel, __Title__: title };
}

function describeSteps() {
  return `Made:
${Object.values(places())
  .map((path) => `  ${path}`)
  .join('\n')}
and a line in each of:
${Object.values(lists)
  .map((path) => `  ${path}`)
  .join('\n')}

Orders name it \`paymentMethod: ${publicName}\`. Next (docs/how-to/add-a-payment-method.md says more):
  1. npm run check -- --fix, and see that all is well before anything is written.
  2. sandbox/${name}/: the provider's contract, states, desk, buyer's page, notices and faults.
  3. server/payments/methods/${name}/: texts.ts, settings.ts, demo.ts, translate.ts with its table of tests,
     then the functions. Take away those that the provider does not have. Write the README.
  4. npm test -- conformance
`;
}
