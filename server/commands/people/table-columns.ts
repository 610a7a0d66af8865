import type { InputSchema } from '../../kit/http/input-schema.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { PersonLine } from './people-document.ts';

/** Short names of columns that most tables have. Others are paths, with places in lists counted from 1. */
const shortNames: Readonly<Record<string, string>> = {
  firstName: 'name.firstName',
  middleName: 'name.middleName',
  lastName: 'name.lastName',
  companyName: 'name.companyName',
  departmentName: 'name.departmentName',
  email: 'emails.1',
  phoneNumber: 'phoneNumbers.1',
  category: 'categories.1.addressCategory',
  careOfAddress: 'addresses.1.careOfAddress',
  streetAddress: 'addresses.1.streetAddress',
  streetNumber: 'addresses.1.streetNumber',
  entrance: 'addresses.1.entrance',
  postalCode: 'addresses.1.postalCode',
  postalPlace: 'addresses.1.postalPlace',
  countryCode: 'addresses.1.countryCode',
  uniqueUserId: 'accounts.1.uniqueUserId',
  createdAt: 'accounts.1.createdAt',
  passwordHash: 'accounts.1.passwordHash',
  credential: 'accounts.1.credentials.1.credential',
  provenAt: 'accounts.1.credentials.1.provenAt',
  lastProvenAt: 'accounts.1.credentials.1.lastProvenAt',
};

type Step = string | number;
type Tree = Map<Step, Tree | string>;

/**
 * Reads the first row of a table; answers what makes a document of each other row. An empty cell says
 * nothing. Throws `OperatorError` for a column that is not known, or named twice.
 */
export function readColumns(names: readonly string[]): (cells: readonly string[]) => unknown {
  const columns = names.map((name) => readColumn(name.trim()));
  const paths = columns.map(({ path }) => path.join('.'));
  const twice = names.find((_name, index) => paths.lastIndexOf(paths[index] ?? '') !== index);
  if (twice !== undefined) throw new OperatorError(`The column ${twice} is there twice.`);
  return (cells) => {
    const tree: Tree = new Map();
    for (const [index, { path, beside }] of columns.entries()) {
      const cell = cells[index]?.trim() ?? '';
      if (cell === '') continue;
      if (beside) put(tree, beside.path, beside.text);
      put(tree, path, cell);
    }
    return toValue(tree);
  };
}

type Column = { path: Step[]; beside?: { path: Step[]; text: string } };

/** `reference.CRM` is what the customer is called in the system CRM. */
function readColumn(name: string): Column {
  const [, code] = /^reference\.(.+)$/.exec(name) ?? [];
  if (code !== undefined) {
    const list: Step[] = ['externalReferences', code];
    return { path: [...list, 'externalId'], beside: { path: [...list, 'referenceCode'], text: code } };
  }
  const path = (Object.hasOwn(shortNames, name) ? String(shortNames[name]) : name)
    .split('.')
    .map((step) => (/^[1-9]\d{0,3}$/.test(step) ? Number(step) : step));
  if (!isKnown(PersonLine, path)) {
    throw new OperatorError(`The column ${name} is not known: see the guide on moving in.`);
  }
  return { path };
}

/** Whether the path leads to something that is no object and no list. */
function isKnown(schema: InputSchema | undefined, [step, ...more]: readonly Step[]): boolean {
  if (!schema) return false;
  if (schema.anyOf)
    return schema.anyOf.some((one) => isKnown(one, step === undefined ? [] : [step, ...more]));
  if (step === undefined) return schema.type !== 'object' && schema.type !== 'array';
  if (typeof step === 'number') return schema.type === 'array' && isKnown(schema.items, more);
  const { properties = {} } = schema;
  return schema.type === 'object' && Object.hasOwn(properties, step) && isKnown(properties[step], more);
}

function put(tree: Tree, [step, ...more]: readonly Step[], text: string): void {
  if (step === undefined) return;
  if (more.length === 0) {
    tree.set(step, text);
    return;
  }
  const found = tree.get(step);
  const inner: Tree = found instanceof Map ? found : new Map();
  tree.set(step, inner);
  put(inner, more, text);
}

const lists = new Set(['externalReferences']);

/** Lists keep the order of their places, without those that say nothing. */
function toValue(tree: Tree | string, name = ''): unknown {
  if (typeof tree === 'string') return tree;
  const steps = [...tree.keys()];
  if (lists.has(name)) return steps.map((step) => toValue(tree.get(step) ?? ''));
  const places = steps.filter((step) => typeof step === 'number').toSorted((one, other) => one - other);
  if (places.length > 0) {
    return places.map((place) => toValue(tree.get(place) ?? ''));
  }
  return Object.fromEntries(steps.map((step) => [step, toValue(tree.get(step) ?? '', String(step))]));
}
