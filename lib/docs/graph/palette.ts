import type { GraphTier } from '../graph-picture';

export interface Paint {
  readonly fill: string;
  readonly border: string;
  readonly text: string;
  /** For the second line. */
  readonly faint: string;
}

/**
 * Tiers differ in lightness of one hue, which every eye tells apart and which survives a black and white printer.
 * Every text has a contrast of at least 4.5 to 1 on its ground.
 */
export const TIER_PAINT: Readonly<Record<GraphTier, Paint>> = {
  critical: { fill: '#1f5a96', border: '#123a63', text: '#ffffff', faint: '#dbe9f6' },
  standard: { fill: '#cfe3f5', border: '#4f86b5', text: '#12283d', faint: '#33506b' },
  'best-effort': { fill: '#f6f7f9', border: '#8a94a0', text: '#12283d', faint: '#4a5663' },
};

export const PAGE = { fill: '#ffffff', border: '#d5dae0', text: '#12283d', faint: '#4a5663' };
export const LINE = '#5b6672';
export const FINDING = { line: '#b3001b', fill: '#fff0ee', text: '#a30018' };
