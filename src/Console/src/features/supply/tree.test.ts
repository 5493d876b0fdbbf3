import { describe, expect, it } from 'vitest';
import { depthOf, draftOf, treeOf, unplaced, type Tree } from './tree';

const tree: Tree = {
  voltage: 230,
  nodes: [{ name: 'Deck 1', maxCurrent: 40, chargers: ['CP1', 'CP2'] }, { name: 'Row A', parent: 'Deck 1', maxPower: 11_000 }],
  schedule: [{ day: 'Monday', from: '17:00:00', limit: 60 }, { day: 'Monday', from: '20:00:00', limit: null }],
  baseLoad: { worstCase: 20, usesGeneration: true, countsVehicles: true, windowSeconds: 30 },
};

describe('the supply of a site', () => {
  it('comes back from what is typed as it was, and is nothing where nothing is typed', () => {
    expect(treeOf(draftOf(tree))).toEqual(tree);
    expect(treeOf(draftOf(null))).toBeNull();
  });

  it('knows how deep a node hangs, on a circle too, and which chargers hang on none', () => {
    const { nodes } = draftOf(tree);
    expect(nodes.map(node => depthOf(node.name, nodes))).toEqual([0, 1]);
    const circle = nodes.map(node => ({ ...node, parent: node.name === 'Deck 1' ? 'Row A' : 'Deck 1' }));
    expect(depthOf('Deck 1', circle)).toBe(0);
    expect(unplaced(nodes, ['CP1', 'CP3'])).toEqual(['CP3']);
  });
});
