// Makes the folders of a new payment method: `npm run new:payment-method my-provider`. What it makes compiles
// and passes the checks, and answers honestly that it is not written; the steps that are left are printed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
// Tests give another root.
const [name = '', root = join(here, '..')] = process.argv.slice(2);

const problem = findProblem();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  for (const [template, path] of Object.entries(places())) write(template, path);
  console.log(describeSteps());
}

function findProblem() {
  if (name.length > 20 || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return 'npm run new:payment-method <name>: small letters and digits, at most 20, hyphens between.';
  }
  const taken = [`server/payments/methods/${name}`, `sandbox/${name}`].find((path) =>
    existsSync(join(root, path)),
  );
  return taken && `${taken} is there already.`;
}

function places() {
  const method = `server/payments/methods/${name}`;
  return {
    'method/README.md': `${method}/README.md`,
    'method/settings.ts': `${method}/settings.ts`,
    'method/translate.ts': `${method}/translate.ts`,
    'method/translate.test.ts': `${method}/translate.test.ts`,
    'method/method.ts': `${method}/method.ts`,
    'method/method.test.ts': `${method}/method.test.ts`,
    'sandbox/open.ts': `sandbox/${name}/${name}.ts`,
    'sandbox/mount.ts': `sandbox/${name}/mount-${name}.ts`,
    'sandbox/mount.test.ts': `sandbox/${name}/mount-${name}.test.ts`,
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

Next, in this order (docs/how-to/add-a-payment-method.md says more):
  1. npm run check -- --fix, and see that all is well before anything is written.
  2. sandbox/${name}/: the provider's contract, states, payment desk, buyer's page, notices and faults;
     its place in sandbox/open-providers.ts; its magic values in sandbox/README.md.
  3. server/payments/methods/${name}/: settings.ts, translate.ts with its table of tests, method.ts. Take away
     the functions that the provider does not have. Write the README.
  4. A line in server/payments/methods/list.ts.
  5. Demo settings in server/commands/demo-methods/${name}.ts, and a line in list.ts beside it.
  6. tests/payment-methods/${name}.test.ts: every outcome, lost answers, repeated references, notices.
  7. README.md, ARCHITECTURE.md and CHANGELOG.md: what can be paid with.`;
}
