import { distance } from 'fastest-levenshtein';

/** Parts shorter than this (`id`, `to`, `max`) are shared by words that have nothing else in common. */
const SHORTEST_PART = 4;

/**
 * The candidate somebody most likely meant by `word`, or nothing: a suggestion that is far off is worse than none.
 * Looks for a spelling mistake first, then for a candidate inside the word (`readinessProbe` -> `readiness`), last for
 * the word inside exactly one candidate (`timeout` -> `requestTimeout`).
 */
export function nearMiss(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...new Set(candidates)];
  if (known.includes(word)) return undefined;
  const spelt = plain(word);

  const misspelt = closest(known, (candidate) => edits(spelt, plain(candidate)));
  if (misspelt.length > 0) return misspelt[0];

  const parts = largeParts(word);
  const inside = closest(known, (candidate) => leastEdits(parts, plain(candidate)));
  if (inside.length > 0) return inside[0];

  if (spelt.length < SHORTEST_PART) return undefined;
  const around = closest(known, (candidate) => leastEdits(largeParts(candidate), spelt));
  // `replicas` may be `minReplicas` as well as `maxReplicas`: no guess is better than half a chance of a wrong one.
  return around.length === 1 ? around[0] : undefined;
}

/** The candidates with the fewest edits, in the order given; none when all are out of reach. */
function closest(candidates: readonly string[], editsOf: (candidate: string) => number | undefined): string[] {
  let fewest = Infinity;
  let found: string[] = [];
  for (const candidate of candidates) {
    const count = editsOf(candidate);
    if (count === undefined || count > fewest) continue;
    if (count < fewest) found = [];
    fewest = count;
    found.push(candidate);
  }
  return found;
}

/** Edits between two words, or nothing when there are more than words of that length can bear. */
function edits(one: string, other: string): number | undefined {
  const count = distance(one, other);
  // Two swapped letters are one slip of the fingers, though two edits by the book.
  const slips = count === 2 && letters(one) === letters(other) ? 1 : count;
  const bearable = Math.min(3, Math.floor(Math.min(one.length, other.length) / 3));
  return slips <= bearable ? slips : undefined;
}

function leastEdits(parts: readonly string[], other: string): number | undefined {
  if (other.length < SHORTEST_PART) return undefined;
  const counts = parts.map((part) => edits(part, other)).filter((count) => count !== undefined);
  return counts.length > 0 ? Math.min(...counts) : undefined;
}

/** Runs of neighbouring parts of `word` that make up at least half of it: `readinessProbe` -> `readiness`. */
function largeParts(word: string): string[] {
  const parts = word
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map(plain)
    .filter((part) => part !== '');
  const half = parts.join('').length / 2;
  const runs: string[] = [];
  for (let start = 0; start < parts.length; start += 1) {
    for (let end = start + 1; end <= parts.length; end += 1) {
      const run = parts.slice(start, end).join('');
      if (end - start < parts.length && run.length >= Math.max(half, SHORTEST_PART)) runs.push(run);
    }
  }
  return runs;
}

/** Case and separators are not what tells one name from another. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]+/g, '');
}

function letters(word: string): string {
  return [...word].sort().join('');
}
