import { type Static, Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { Client, ClientCall } from '../../publishers/publisher.ts';
import type { CatalogueSnapshots } from '../catalogue.ts';

type Context = { catalogue: CatalogueSnapshots };

const Params = narrowing({ categoryType: Type.String({ minLength: 1, maxLength: 40 }) });
const Categories = Type.Object({
  categories: Type.Array(Type.Object({ categoryType: Type.String(), categoryCode: Type.String() })),
});
const whose =
  'Of the products: access is asked for and lent by type. The original’s path is not known: this one is ' +
  'ours.';

const categoriesOf = async ({ catalogue }: Context, { publisher }: Client) =>
  (await catalogue.of(publisher.publisherId)).listCategories();

export const listCategoryTypes = endpoint({
  operationId: 'listCategoryTypes',
  summary: 'List the types of categories',
  description: whose,
  reply: Type.Object({ categoryTypes: Type.Array(Type.String()) }),
  async handle(context: Context, { caller }: ClientCall) {
    const types = (await categoriesOf(context, caller)).map(({ categoryType }) => categoryType);
    return { body: { categoryTypes: [...new Set(types)] } };
  },
});

export const listCategoryCodes = endpoint({
  operationId: 'listCategoryCodes',
  summary: 'List the codes of categories, of all types',
  description: whose,
  reply: Categories,
  async handle(context: Context, { caller }: ClientCall) {
    return { body: { categories: [...(await categoriesOf(context, caller))] } };
  },
});

export const listCategoryCodesOfType = endpoint({
  operationId: 'listCategoryCodesOfType',
  summary: 'List the codes of categories of one type',
  description: `A type that no product has is 404. ${whose}`,
  params: Params,
  reply: Categories,
  examples: { params: { categoryType: 'news' } },
  async handle(context: Context, { caller, params }: ClientCall<undefined, Static<typeof Params>>) {
    const all = await categoriesOf(context, caller);
    const categories = all.filter(({ categoryType }) => categoryType === params.categoryType);
    if (categories.length === 0) throw new Problem('not_found');
    return { body: { categories } };
  },
});
