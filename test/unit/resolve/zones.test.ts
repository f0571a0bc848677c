import { lostWithZone, podsForPeak, roundUpToZones, zoneSafeTarget } from '../../../lib/resolve/zones';

/** Pods of each zone when a spread with maxSkew 1 places them one after the other. */
function placed(pods: number, zones: number): number[] {
  const counts = Array.from({ length: zones }, () => 0);
  for (let pod = 0; pod < pods; pod += 1) counts[pod % zones]! += 1;
  return counts;
}

test.each([
  [3, 3, 1],
  [4, 3, 2],
  [5, 3, 2],
  [6, 3, 2],
  [7, 3, 3],
  [2, 2, 1],
  [3, 2, 2],
  [1, 2, 1],
  [8, 4, 2],
  [9, 4, 3],
])('of %i pods in %i zones a lost zone takes %i', (pods, zones, lost) => {
  expect(lostWithZone(pods, zones)).toBe(lost);
});

test.each([2, 3, 4, 9])(
  'with %i zones as many pods are lost as the fullest zone holds, at every number of pods',
  (zones) => {
    for (let pods = 0; pods <= 100; pods += 1) expect(lostWithZone(pods, zones)).toBe(Math.max(...placed(pods, zones)));
  },
);

test('with one zone there is no zone to lose', () => {
  for (let pods = 0; pods <= 20; pods += 1) expect(lostWithZone(pods, 1)).toBe(0);
});

test.each([
  // 90 % x 2/3, though 4 pods are worse: 90 % x 2/4.
  { min: 3, max: 3, zones: 3, target: 60, worst: 3 },
  { min: 3, max: 20, zones: 3, target: 45, worst: 4 },
  { min: 6, max: 20, zones: 3, target: 51, worst: 7 },
  { min: 2, max: 20, zones: 2, target: 30, worst: 3 },
  { min: 4, max: 4, zones: 4, target: 67, worst: 4 },
  { min: 4, max: 20, zones: 4, target: 54, worst: 5 },
  { min: 40, max: 80, zones: 4, target: 65, worst: 41 },
  { min: 100, max: 100, zones: 9, target: 70, worst: null },
  { min: 3, max: 20, zones: 1, target: 70, worst: null },
  { min: 1, max: 1, zones: 3, target: 70, worst: null },
])('$min to $max pods in $zones zones may be steered to $target %', ({ min, max, zones, target, worst }) => {
  expect(zoneSafeTarget({ min, max, zones, highest: 70, load: 90 })).toEqual({ target, worst });
});

test('the target is the highest one that is safe at every number of pods, by trying them all', () => {
  const wrong: unknown[] = [];
  for (const zones of [1, 2, 3, 4, 5, 9]) {
    const left = Array.from({ length: 101 }, (_, pods) => pods - Math.max(...placed(pods, zones)));
    for (const load of [50, 77, 90, 100]) {
      for (const highest of [20, 70, 100]) {
        for (let min = 1; min <= 20; min += 1) {
          for (const max of [min, min + 1, min + 2, min + zones, min + 17, min + 60]) {
            let best = highest;
            for (let pods = Math.max(2, min); pods <= max && zones > 1; pods += 1)
              while (best * pods > load * left[pods]!) best -= 1;
            const { target } = zoneSafeTarget({ min, max, zones, highest, load });
            if (target !== best) wrong.push({ zones, load, highest, min, max, target, best });
          }
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  // 800 rps at 90 a pod and 90 % are 10 pods; 10 survive of 15 in three zones, 9 of 14.
  [800, 90, 3, 90, 15],
  [800, 90, 1, 90, 10],
  [800, 90, 2, 90, 20],
  [1, 1000, 3, 90, 2],
  [900, 100, 3, 90, 15],
])('%i rps at %i a pod in %i zones at %i %% load need %i pods', (peak, perPod, zones, load, pods) => {
  expect(podsForPeak(peak, perPod, zones, load)).toBe(pods);
});

test('pods for a peak are the fewest whose survivors carry it, by trying them all in whole numbers', () => {
  const wrong: unknown[] = [];
  for (const zones of [1, 2, 3, 4]) {
    for (const load of [50, 70, 90, 100]) {
      for (let perPod = 1; perPod <= 40; perPod += 3) {
        for (let peak = 1, pods = 1; peak <= 300; peak += 1) {
          while ((pods - lostWithZone(pods, zones)) * perPod * load < peak * 100) pods += 1;
          const got = podsForPeak(peak, perPod, zones, load);
          if (got !== pods) wrong.push({ zones, load, perPod, peak, got, pods });
        }
      }
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
});

test('an absurd peak is answered at once', () => {
  const started = process.cpuUsage().user;
  expect(podsForPeak(1e7, 1, 3, 90)).toBe(16_666_668);
  expect(process.cpuUsage().user - started).toBeLessThan(100_000);
});

test.each([
  [3, 3, 3],
  [4, 3, 6],
  [1, 3, 3],
  [5, 1, 5],
  [5, 2, 6],
  [5, 4, 8],
])('%i pods in %i zones are rounded up to %i', (pods, zones, rounded) => {
  expect(roundUpToZones(pods, zones)).toBe(rounded);
});
