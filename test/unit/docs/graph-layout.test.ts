import type { GraphPicture } from '../../../lib/docs/graph-picture';
import { onCycles } from '../../../lib/docs/graph/cycles';
import { layoutOf } from '../../../lib/docs/graph/layout';
import type { Layout, Rect } from '../../../lib/docs/graph/placement';
import { textWidth, wrapped } from '../../../lib/docs/graph/text';
import { BOUTIQUE, FLAWED_BOUTIQUE } from './boutique';
import { AWKWARD, edge, node, tangle } from './pictures';

const PICTURES: [string, GraphPicture][] = [
  ['the boutique', BOUTIQUE],
  ['the flawed boutique', FLAWED_BOUTIQUE],
  ['awkward names', AWKWARD],
  ['a tangle', tangle(40, 2)],
  ['many without calls', tangle(37, 0)],
  ['one node', { title: 't', nodes: [node('a')], edges: [] }],
  ['loops', { title: 't', nodes: [node('a')], edges: [edge('a', 'a'), edge('a', 'a', { label: 'http 2 s' })] }],
  ['a loop without a label', { title: 't', nodes: [node('a')], edges: [edge('a', 'a', { label: '' })] }],
  ['two ways round', { title: 't', nodes: [node('a'), node('b')], edges: [edge('a', 'b'), edge('b', 'a')] }],
];

function overlap(one: Rect, other: Rect): boolean {
  const apart = 1;
  return (
    one.x < other.x + other.width - apart &&
    other.x < one.x + one.width - apart &&
    one.y < other.y + other.height - apart &&
    other.y < one.y + one.height - apart
  );
}

function overlaps(rects: readonly Rect[]): [Rect, Rect][] {
  return rects.flatMap((one, index) =>
    rects.slice(index + 1).flatMap((other): [Rect, Rect][] => (overlap(one, other) ? [[one, other]] : [])),
  );
}

/** Boxes that a line goes through between its two ends, and labels other than its own. */
function crossed({ boxes, wires }: Layout): string[] {
  return wires.flatMap(({ edge: { from, to }, route, label: own }) =>
    route.slice(1).flatMap((end, index) => {
      const start = route[index] ?? end;
      const stretch = {
        x: Math.min(start.x, end.x),
        y: Math.min(start.y, end.y) - 1,
        width: Math.abs(start.x - end.x),
        height: Math.abs(start.y - end.y) + 2,
      };
      const labels = wires.flatMap(({ label }) => (label && label !== own ? [label] : []));
      return [
        ...boxes.filter((box) => overlap(stretch, box)).map((box) => `${from} -> ${to} crosses ${box.node.name}`),
        ...labels.filter((label) => overlap(stretch, label)).map(({ x, y }) => `${from} -> ${to} crosses ${x},${y}`),
      ];
    }),
  );
}

describe.each(PICTURES)('the layout of %s', (_, picture) => {
  const layout = layoutOf(picture);
  const labels = layout.wires.flatMap(({ label }) => label ?? []);

  test('places every node and every edge', () => {
    expect(layout.boxes.map((box) => box.node.name).sort()).toEqual(picture.nodes.map(({ name }) => name).sort());
    expect(layout.wires).toHaveLength(picture.edges.length);
  });

  test('keeps boxes and labels apart', () => {
    expect(overlaps([...layout.boxes, ...labels])).toEqual([]);
  });

  test('leads no line through a box or the label of another', () => {
    expect(crossed(layout)).toEqual([]);
  });

  test('stays inside its own size', () => {
    const outside = [...layout.boxes, ...labels].filter(
      ({ x, y, width, height }) =>
        x < -0.01 || y < -0.01 || x + width > layout.width + 0.01 || y + height > layout.height + 0.01,
    );
    expect(outside).toEqual([]);
  });

  test('has room for its texts', () => {
    for (const { width, content } of layout.boxes) {
      expect(width).toBeGreaterThanOrEqual(textWidth(content.name, { size: 14, bold: true }));
    }
  });

  test('starts and ends every line at its boxes', () => {
    const boxOf = new Map(layout.boxes.map((box) => [box.node.name, box]));
    const touches = (box: Rect | undefined, point: { x: number; y: number } | undefined): boolean =>
      box !== undefined &&
      point !== undefined &&
      [box.x, box.x + box.width].some((side) => Math.abs(side - point.x) < 0.01) &&
      point.y > box.y &&
      point.y < box.y + box.height;
    const loose = layout.wires.filter(
      ({ edge: { from, to }, route, loop }) =>
        !loop && !(touches(boxOf.get(from), route[0]) && touches(boxOf.get(to), route.at(-1))),
    );
    expect(loose).toEqual([]);
  });
});

test.each([
  ['a', 'b'],
  ['b', 'a'],
])('a cycle is cut at its soft call: %s stands left of %s', (first, second) => {
  const edges = [edge(first, second), edge(second, first, { soft: true }), edge('start', 'a'), edge('start', 'b')];
  const { boxes } = layoutOf({ title: 't', nodes: ['start', 'a', 'b'].map((name) => node(name)), edges });
  const left = new Map(boxes.map(({ node: { name }, x }) => [name, x]));
  expect(left.get(first)).toBeLessThan(left.get(second) ?? 0);
});

test('an empty picture takes no room', () => {
  expect(layoutOf({ title: 't', nodes: [], edges: [] })).toEqual({ width: 0, height: 0, boxes: [], wires: [] });
});

test('onCycles finds the calls that lead back, and no others', () => {
  const edges = [edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('c', 'd'), edge('d', 'd'), edge('x', 'a')];
  expect([...onCycles(edges)].map(({ from, to }) => from + to)).toEqual(['ab', 'bc', 'ca', 'dd']);
});

describe('wrapped', () => {
  const font = { size: 10 };

  test('keeps every line within the width', () => {
    const lines = wrapped('one two three four five six seven', font, 60, 9);
    expect(lines.join(' ')).toBe('one two three four five six seven');
    expect(Math.max(...lines.map((line) => textWidth(line, font)))).toBeLessThanOrEqual(60);
  });

  test('says where something is left out', () => {
    expect(wrapped('one two three four five six seven', font, 60, 2).at(-1)).toMatch(/…$/);
    expect(wrapped('x'.repeat(200), font, 60, 1)[0]).toMatch(/^x+…$/);
  });

  test('has no line for no text', () => {
    expect(wrapped(' ', font, 60, 2)).toEqual([]);
  });
});
