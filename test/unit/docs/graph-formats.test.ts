import { toDot, toGraphJson, toMermaid, toSvg } from '../../../lib/docs/graph';
import type { GraphPicture } from '../../../lib/docs/graph-picture';
import { PAGE, TIER_PAINT } from '../../../lib/docs/graph/palette';
import { xmlText } from '../../../lib/docs/graph/xml';
import { BOUTIQUE, FLAWED_BOUTIQUE } from './boutique';
import { AWKWARD, edge, node, tangle } from './pictures';
import { elementsOf } from './xml-check';

const EMPTY: GraphPicture = { title: 'nothing yet', nodes: [], edges: [] };
const FORMATS = { toDot, toGraphJson, toMermaid, toSvg };

describe.each(Object.entries(FORMATS))('%s', (_, format) => {
  test('is the same whatever the order of its input', () => {
    const reversed = { ...BOUTIQUE, nodes: BOUTIQUE.nodes.toReversed(), edges: BOUTIQUE.edges.toReversed() };
    expect(format(reversed)).toBe(format(BOUTIQUE));
  });

  test('is the same every time', () => {
    const picture = tangle(30, 2);
    expect(format(picture)).toBe(format(structuredClone(picture)));
  });

  test('names every service and every label', () => {
    const text = format(FLAWED_BOUTIQUE);
    for (const { name } of FLAWED_BOUTIQUE.nodes) expect(text).toContain(name);
    for (const { label } of FLAWED_BOUTIQUE.edges) expect(text).toContain(label);
  });

  test('takes a picture with nothing in it', () => {
    expect(format(EMPTY)).toContain('nothing yet');
  });

  test('ends with one line break', () => {
    expect(format(BOUTIQUE)).toMatch(/[^\n]\n$/);
  });
});

describe('toMermaid', () => {
  test('draws shapes, lines, classes and findings', () => {
    const picture: GraphPicture = {
      title: 'small',
      nodes: [node('api', { note: '2 replicas' }), node('store', { kind: 'cache', tier: 'critical', finding: 'full' })],
      edges: [edge('api', 'store', { soft: true, finding: 'slow' }), edge('api', 'api', { label: '' })],
    };
    expect(toMermaid(picture)).toBe(`---
title: "small"
---
flowchart LR
  n0("<b>api</b><br/>core · 2 replicas"):::standard
  n1[("<b>store</b><br/>core<br/><i>full</i>")]:::criticalFinding
  n0 --> n0
  n0 -.->|"grpc 1 s<br/>slow"| n1
  classDef criticalFinding fill:#1f5a96,stroke:#b3001b,stroke-width:3px,color:#ffffff
  classDef standard fill:#cfe3f5,stroke:#4f86b5,color:#12283d
  linkStyle 1 stroke:#b3001b,stroke-width:2px,color:#a30018
`);
  });

  test('has no text that Mermaid could take for syntax', () => {
    const lines = toMermaid(AWKWARD).split('\n').slice(3);
    expect(lines.join('\n')).toContain('<b>a#34;b</b>');
    expect(lines.join('\n')).toContain('<b>#37;#37;#123;init#125;#37;#37;</b>');
    const quoted = lines.flatMap((line) => line.match(/"[^"]*"/g) ?? []);
    expect(quoted).toHaveLength(9);
    for (const text of quoted) {
      const bare = text.slice(1, -1).replace(/<\/?[bi]>|<br\/>|#\d+;/g, '');
      expect(bare).toMatch(/^[\p{L}\p{N} ./,()·-]*$/u);
    }
    for (const line of lines) expect((line.match(/"/g) ?? []).length % 2).toBe(0);
  });
});

describe('toDot', () => {
  test('draws a node and an edge', () => {
    const picture = { title: 'small', nodes: [node('api'), node('end')], edges: [edge('api', 'end', { soft: true })] };
    const text = toDot(picture);
    expect(text).toContain('label=<<B>api</B><BR/><FONT POINT-SIZE="10">core</FONT>>');
    expect(text).toContain('  "api" -> "end" [label="grpc 1 s", style=dashed]');
  });

  test('escapes quotes, backslashes and angle brackets', () => {
    const text = toDot(AWKWARD);
    expect(text).toContain('"a\\"b" [');
    expect(text).toContain('"back\\\\slash" [');
    expect(text).toContain('<B>a&quot;b</B>');
    expect(text).toContain('label="<1 s> & more\\nlate & \\"slow\\""');
    for (const line of text.split('\n')) {
      expect((line.replace(/\\\\/g, '').replace(/\\"/g, '').match(/"/g) ?? []).length % 2).toBe(0);
    }
  });
});

describe('toGraphJson', () => {
  test('gives the picture back', () => {
    const { title, nodes, edges } = JSON.parse(toGraphJson(FLAWED_BOUTIQUE)) as GraphPicture;
    expect(title).toBe(FLAWED_BOUTIQUE.title);
    expect(nodes).toEqual(expect.arrayContaining([...FLAWED_BOUTIQUE.nodes]));
    expect(edges).toEqual(expect.arrayContaining([...FLAWED_BOUTIQUE.edges]));
  });
});

describe('toSvg', () => {
  const all: [string, GraphPicture][] = [
    ['the boutique', FLAWED_BOUTIQUE],
    ['awkward names', AWKWARD],
    ['a tangle', tangle(40, 2)],
    ['nothing', EMPTY],
    ['one node', { title: 't', nodes: [node('a', { kind: 'cron' })], edges: [] }],
    ['a loop', { title: 't', nodes: [node('a')], edges: [edge('a', 'a')] }],
  ];

  test.each(all)('is well-formed for %s', (_, picture) => {
    const svg = toSvg(picture);
    expect(elementsOf(svg)[0]).toBe('svg');
    expect(svg).not.toMatch(/NaN|undefined|Infinity|[ "]-0[" ]/);
  });

  test('says what it shows to those who cannot see it', () => {
    const svg = toSvg(FLAWED_BOUTIQUE);
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title>Online Boutique, with findings</title>');
    expect(svg).toContain('<desc>Call graph: 13 services of 6 teams · 19 calls, 6 of them soft · 3 findings.</desc>');
    expect(svg).toContain('<title>cart-store, critical cache, team storefront, 1 replica</title>');
    expect(svg).toContain('<title>payment → checkout: http 1 s (soft)\nfinding: closes a cycle</title>');
  });

  test.each([...BOUTIQUE.edges])('draws $from -> $to', ({ from, to, label, soft }) => {
    expect(toSvg(BOUTIQUE)).toContain(`<title>${from} → ${to}: ${label}${soft ? ' (soft)' : ''}</title><path`);
  });

  test('dashes soft calls only', () => {
    const lines = toSvg({ ...BOUTIQUE, nodes: BOUTIQUE.nodes.map((one) => ({ ...one, kind: 'service' })) });
    const drawn = lines.split('\n').filter((line) => line.includes('→') && line.includes('<path'));
    expect(drawn).toHaveLength(BOUTIQUE.edges.length);
    for (const line of drawn) expect(line.includes('stroke-dasharray')).toBe(line.includes('(soft)'));
  });

  test('explains only what is to be seen', () => {
    const plain = toSvg({ title: 't', nodes: [node('a'), node('b')], edges: [edge('a', 'b')] });
    const words = (svg: string): string[] =>
      ['critical', 'standard', 'worker', 'soft call: the caller can do without', 'finding'].filter((word) =>
        svg.includes(`>${word}</text>`),
      );
    expect(words(plain)).toEqual(['standard']);
    expect(words(toSvg(FLAWED_BOUTIQUE))).toHaveLength(5);
  });

  test('escapes text', () => {
    const svg = toSvg(AWKWARD);
    expect(svg).toContain('a &quot;title&quot; &lt;with&gt; &amp; all');
    expect(svg).toContain('bell\ufffd\ufffd');
  });

  test('loads nothing and has no ids to clash with those of another picture on the page', () => {
    expect(toSvg(FLAWED_BOUTIQUE)).not.toMatch(/ id=|href|url\(|<script|<style/);
  });

  test('lays out a large graph within seconds', () => {
    // Time of the processor: other tests run on the same machine.
    const start = process.cpuUsage();
    toSvg(tangle(300, 2));
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
  }, 60_000);
});

describe('xmlText', () => {
  test('keeps what is allowed and replaces what is not', () => {
    expect(xmlText('ü — 🚀 \t')).toBe('ü — 🚀 \t');
    expect(xmlText('\u0000\udc00')).toBe('\ufffd\ufffd');
    expect(xmlText(`<a b='c'>"&"`)).toBe('&lt;a b=&#39;c&#39;&gt;&quot;&amp;&quot;');
  });
});

describe('colours', () => {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  test.each(Object.entries({ ...TIER_PAINT, page: PAGE }))('of %s can be read', (_, { fill, text, faint }) => {
    expect(contrast(fill, text)).toBeGreaterThan(4.5);
    expect(contrast(fill, faint)).toBeGreaterThan(4.5);
  });

  test('of the tiers differ in lightness', () => {
    expect(contrast(TIER_PAINT.critical.fill, TIER_PAINT.standard.fill)).toBeGreaterThan(3);
    expect(contrast(TIER_PAINT.standard.fill, TIER_PAINT['best-effort'].fill)).toBeGreaterThan(1.2);
  });
});
