import type { Usage } from './measured';

/** Everything about a fleet of one size. */
export interface SizeFigures {
  readonly size: number;
  readonly calls: number;
  readonly objects: number;
  /** The result as JSON, in MB. */
  readonly megabytes: number;
  readonly synth: Usage;
  /** The same from YAML specs. */
  readonly specs: Usage;
  /** `app.synth()` over one App; undefined where that would take minutes. */
  readonly oneApp: Usage | undefined;
  readonly floor: Usage;
}

export interface Figures {
  readonly sizes: readonly SizeFigures[];
  readonly small: { readonly help: Usage; readonly explain: Usage; readonly one: Usage };
  /** More programs want to run than there are cores. */
  readonly busy: boolean;
}

interface Goal {
  readonly what: string;
  readonly got: number;
  readonly limit: number;
  readonly unit: string;
  /** Whether the limit is the least or the most. */
  readonly at: 'least' | 'most';
}

/** What is promised of what was measured; a goal about a size that was left out is left out too. */
export function goalsOf({ sizes, small, busy }: Figures): Goal[] {
  const at = (size: number) => sizes.find((figures) => figures.size === size);
  const [thousand, double] = [at(1_000), at(2_000)];
  // On a busy machine the clock measures the others as well, and all our programs compute rather than wait.
  const time = (usage: Usage) => (busy ? Math.min(usage.cpu, usage.wall) : usage.wall);
  const seconds = busy ? 's (the lower of clock and CPU: other programs run)' : 's';
  const most = (what: string, got: number, limit: number, unit: string): Goal => ({
    what,
    got,
    limit,
    unit,
    at: 'most',
  });
  return [
    most('golden --help', time(small.help), 0.2, seconds),
    most('golden explain', time(small.explain), 0.6, seconds),
    most('golden synth --service', time(small.one), 0.6, seconds),
    ...(thousand?.oneApp
      ? [
          {
            what: 'CPU of app.synth() / CPU of golden, 1,000 services',
            got: thousand.oneApp.cpu / thousand.synth.cpu,
            limit: 10,
            unit: 'times',
            at: 'least' as const,
          },
        ]
      : []),
    ...(thousand && double
      ? [
          most('CPU of 2,000 services / CPU of 1,000', double.synth.cpu / thousand.synth.cpu, 2.2, 'times'),
          most('memory at 2,000 services', double.synth.rss, 1_024, 'MiB'),
          most('2,000 services', time(double.synth), 10, seconds),
          most('2,000 services from YAML specs', time(double.specs), 10, seconds),
        ]
      : []),
  ];
}

export function isMet({ at, got, limit }: Goal): boolean {
  return at === 'most' ? got <= limit : got >= limit;
}

export function formatGoal(goal: Goal): string {
  const { what, got, limit, unit, at } = goal;
  return `${isMet(goal) ? 'met   ' : 'MISSED'}  ${what}: ${got.toFixed(got < 10 ? 2 : 0)} ${unit}, goal: at ${at} ${limit}`;
}
