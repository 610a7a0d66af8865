import { lookAt, type Stage } from '../conformance/stage.ts';
import { openTwoNodes, type TwoNodes } from '../conformance/two-nodes.ts';
import { openThirdNode, type ThirdNode } from './third-node.ts';

/** Where races are run: two nodes that are processes, and a third that tells and sweeps at once. */
export type Ground = {
  nodes: TwoNodes;
  third: ThirdNode;
  urlAt(place: number): string;
  stageAt(place: number): Stage;
  close(): Promise<void>;
};

export async function openGround(): Promise<Ground> {
  const nodes = await openTwoNodes();
  const [first, second = first] = nodes.urls;
  const third = await openThirdNode(nodes.databaseUrl, nodes.sandboxUrl);
  const stages = [nodes, lookAt([second, first], nodes.sandboxUrl, nodes.rows)];
  return {
    nodes,
    third,
    urlAt: (place) => nodes.urls[place] ?? first,
    stageAt: (place) => stages[place] ?? nodes,
    async close() {
      await third.close();
      await nodes.close();
    },
  };
}
