import { byTeam, drawable, inOrder, LARGEST_PICTURE, summaryOf } from '../../../lib/docs/graph-picture';
import { BOUTIQUE, FLAWED_BOUTIQUE } from './boutique';
import { edge, node, tangle } from './pictures';

describe('inOrder', () => {
  test('sorts nodes and edges and leaves its input alone', () => {
    const picture = { title: 't', nodes: [node('b'), node('a')], edges: [edge('b', 'a'), edge('a', 'b')] };
    const sorted = inOrder(picture);
    expect(sorted.nodes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(sorted.edges.map(({ from }) => from)).toEqual(['a', 'b']);
    expect(picture.nodes.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  test('refuses a name that is there twice', () => {
    expect(() => inOrder({ title: 't', nodes: [node('a'), node('a')], edges: [] })).toThrow('two nodes called "a"');
  });

  test('refuses an edge that leads nowhere', () => {
    const picture = { title: 't', nodes: [node('a')], edges: [edge('a', 'gone')] };
    expect(() => inOrder(picture)).toThrow('a -> gone has an end that is no node: "gone"');
  });
});

describe('summaryOf', () => {
  test('counts, in words', () => {
    expect(summaryOf(BOUTIQUE)).toBe('13 services of 6 teams · 17 calls, 4 of them soft');
    expect(summaryOf({ title: 't', nodes: [node('a')], edges: [edge('a', 'a')] })).toBe('1 service of 1 team · 1 call');
    expect(summaryOf({ title: 't', nodes: [], edges: [] })).toBe('no services');
  });
});

describe('byTeam', () => {
  test('has one node per team, as important as its most important service', () => {
    const { nodes } = byTeam(BOUTIQUE);
    expect(nodes.map(({ name, tier, note }) => [name, tier, note])).toEqual([
      ['catalog', 'critical', '2 services, 1 call inside'],
      ['growth', 'standard', '2 services'],
      ['logistics', 'standard', '1 service'],
      ['payments', 'critical', '4 services, 3 calls inside'],
      ['platform', 'best-effort', '1 service'],
      ['storefront', 'critical', '3 services, 2 calls inside'],
    ]);
  });

  test('adds up the calls between two teams', () => {
    const { edges } = byTeam(BOUTIQUE);
    expect(edges.map(({ from, to, label, soft }) => `${from} ${to} ${label}${soft ? ' soft' : ''}`)).toEqual([
      'payments catalog 1 call',
      'payments growth 1 call soft',
      'payments logistics 1 call',
      'payments storefront 1 call',
      'platform storefront 1 call',
      'storefront catalog 2 calls',
      'storefront growth 1 call soft',
      'storefront logistics 1 call',
      'storefront payments 2 calls',
    ]);
  });

  test('is soft only where every call is', () => {
    const nodes = [node('a', { team: 'x' }), node('b', { team: 'y' }), node('c', { team: 'y' })];
    const soft = (second: boolean): boolean | undefined =>
      byTeam({ title: 't', nodes, edges: [edge('a', 'b', { soft: true }), edge('a', 'c', { soft: second })] }).edges[0]
        ?.soft;
    expect(soft(true)).toBe(true);
    expect(soft(false)).toBe(false);
  });

  test('loses no call and no finding', () => {
    const picture = tangle(120, 3);
    const { nodes, edges } = byTeam(picture);
    const number = (text: string | undefined, pattern: RegExp): number => Number(pattern.exec(text ?? '')?.[1] ?? 0);
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    const across = sum(edges.map(({ label }) => number(label, /^(\d+) call/)));
    const inside = sum(nodes.map(({ note }) => number(note, /(\d+) calls? inside/)));
    expect(across + inside).toBe(picture.edges.length);
    expect(sum(nodes.map(({ note }) => number(note, /^(\d+) service/)))).toBe(picture.nodes.length);
    const findings = sum([...nodes, ...edges].map(({ finding }) => number(finding, /^(\d+) finding/)));
    expect(findings).toBe([...picture.nodes, ...picture.edges].filter(({ finding }) => finding).length);
  });

  test('keeps what the whole consists of', () => {
    expect(byTeam(FLAWED_BOUTIQUE).summary).toBe('13 services of 6 teams · 19 calls, 6 of them soft, shown by team');
  });
});

describe('drawable', () => {
  test('keeps a picture as it is up to the largest', () => {
    const picture = tangle(LARGEST_PICTURE, 0);
    expect(drawable(picture)).toEqual({ picture, byTeam: false });
  });

  test('goes by team from there on', () => {
    const { picture, byTeam: merged } = drawable(tangle(LARGEST_PICTURE + 1, 1));
    expect(merged).toBe(true);
    expect(picture.nodes).toHaveLength(7);
  });
});
