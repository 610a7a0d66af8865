/** A node of `EXPLAIN (FORMAT JSON)`, as far as it is looked at. */
export type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Total Cost': number;
  Plans?: PlanNode[];
};

/** What the server would do with such a plan: from which cost on it compiles, and whether it does at all. */
export type Compiling = { isOn: boolean; aboveCost: number };

/** What is wrong with a plan: tables that it reads whole although they grow, and whether it is compiled. */
export function judgePlan(plan: PlanNode, growing: ReadonlySet<string>, compiling: Compiling): string[] {
  const cost = plan['Total Cost'];
  const isCompiled = compiling.isOn && cost > compiling.aboveCost;
  return [
    ...scanned(plan)
      .filter((table) => growing.has(table))
      .map((table) => `reads all of ${table}`),
    ...(isCompiled ? [`is compiled, at a cost of ${Math.round(cost)}`] : []),
  ];
}

function scanned(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scanned)];
}
