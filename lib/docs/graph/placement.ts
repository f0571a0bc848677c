import type { GraphEdge, GraphNode } from '../graph-picture';
import type { BoxContent, LabelContent } from './content';
import type { Point } from './dagre';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box extends Rect {
  readonly node: GraphNode;
  readonly content: BoxContent;
}

export interface Label extends Rect {
  readonly content: LabelContent;
}

export interface Wire {
  readonly edge: GraphEdge;
  /** From border to border. */
  readonly route: readonly Point[];
  /** Leaves and enters at the bottom of the same box. */
  readonly loop: boolean;
  readonly label?: Label;
}

/** Where everything stands, before anything is drawn. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}
