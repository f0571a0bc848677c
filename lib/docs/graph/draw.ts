import type { Point } from './dagre';
import { xmlText } from './xml';

/** The few SVG elements the pictures are made of, each one line of text. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, body = ''): string {
  const list = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${typeof value === 'number' ? pixels(value) : xmlText(value)}"`;
  });
  return body === '' ? `<${name}${list.join('')}/>` : `<${name}${list.join('')}>${body}</${name}>`;
}

/** A tenth of a pixel is finer than any screen, and keeps the file small. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function point({ x, y }: Point): string {
  return `${pixels(x)} ${pixels(y)}`;
}

const CORNER_RADIUS = 9;

/** Level stretches as they are, climbs as an S that starts and ends level. */
export function levelPath(route: readonly Point[]): string {
  return route
    .map((to, index) => {
      const from = route[index - 1];
      if (!from) return `M${point(to)}`;
      if (Math.abs(from.y - to.y) < 0.05) return `L${point(to)}`;
      const bend = (from.x + to.x) / 2;
      return `C${point({ x: bend, y: from.y })} ${point({ x: bend, y: to.y })} ${point(to)}`;
    })
    .join('');
}

/** Straight stretches with round corners. */
export function roundedPath(route: readonly Point[]): string {
  return route
    .map((corner, index) => {
      const [before, after] = [route[index - 1], route[index + 1]];
      if (!before) return `M${point(corner)}`;
      if (!after) return `L${point(corner)}`;
      return `L${point(towards(corner, before))}Q${point(corner)} ${point(towards(corner, after))}`;
    })
    .join('');
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER_RADIUS, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
