/**
 * The only file that knows `@dagrejs/dagre`. Its declarations are those of an ECMAScript module and cannot be imported
 * from CommonJS, although the code can; the few calls made here are therefore typed by hand.
 */
export interface DagreGraph {
  setGraph(label: {
    readonly rankdir: 'LR';
    readonly nodesep: number;
    readonly edgesep: number;
    readonly ranksep: number;
    readonly acyclicer: 'greedy';
  }): unknown;
  setNode(id: string, label: { readonly width: number; readonly height: number }): unknown;
  setEdge(
    from: string,
    to: string,
    label: { readonly width: number; readonly height: number; readonly labelpos: 'c'; readonly weight: number },
    id: string,
  ): unknown;
  node(id: string): { readonly x: number; readonly y: number };
  /** `x` and `y` are the middle of the label; `points` start and end on the border of the two nodes. */
  edge(from: string, to: string, id: string): { readonly x?: number; readonly y?: number; readonly points: Point[] };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Dagre {
  readonly Graph: new (options: { readonly multigraph: true }) => DagreGraph;
  layout(graph: DagreGraph): unknown;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports
export const dagre = require('@dagrejs/dagre') as Dagre;
