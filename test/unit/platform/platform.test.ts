import { BUILT_IN, platformFor, type PlatformProfile } from '../../../lib';
import { environmentsOf, profileProblems } from '../../../lib/platform/platform';
import { codes, only, problemsOf, spec } from '../fleet/fleets';

const problems = (profile: unknown) => profileProblems(profile);

describe('the built-in profile', () => {
  const platform = platformFor(BUILT_IN, 'prod');

  test('has three zones, demands digests, and has no mesh, no KEDA and namespaces by service', () => {
    expect(platform).toMatchObject({
      environment: 'prod',
      zones: ['zone-a', 'zone-b', 'zone-c'],
      images: { pin: 'digest', allowTags: [], registries: [] },
      mesh: false,
      autoscaling: { keda: false, highestTarget: 70, zoneLossLoad: 90 },
      namespaces: 'service',
      shutdown: { preStop: '10s', drain: '15s' },
    });
    expect(environmentsOf(BUILT_IN)).toEqual(['dev', 'staging', 'prod']);
  });

  test('is what an empty profile is', () => {
    expect(platformFor({}, 'prod')).toEqual(platform);
  });

  test('only has peers that name their pods', () => {
    for (const peer of Object.values(platform.network.systemPeers))
      expect(Object.keys(peer.podLabels).length).toBeGreaterThan(0);
  });
});

describe('a profile', () => {
  test('says only what is different', () => {
    const platform = platformFor({ tiers: { critical: { minReplicas: 6 } }, resources: { cpu: '1' } }, 'dev');
    expect(platform.tiers.critical).toMatchObject({
      minReplicas: 6,
      maxReplicas: 20,
      nodeLossTolerance: '30s',
      explicitAccepts: true,
    });
    expect(platform.resources).toMatchObject({ cpu: '1', memory: '256Mi', cpuLimitRatio: 4 });
  });

  test('differs by environment, map by map, and lists as a whole', () => {
    const profile: PlatformProfile = {
      zones: ['a', 'b', 'c'],
      tiers: { standard: { minReplicas: 4, maxReplicas: 9 } },
      environments: { dev: { zones: ['x'], tiers: { standard: { minReplicas: 1 } } }, prod: {} },
    };
    expect(platformFor(profile, 'dev')).toMatchObject({
      zones: ['x'],
      tiers: { standard: { minReplicas: 1, maxReplicas: 9 } },
    });
    expect(platformFor(profile, 'prod')).toMatchObject({
      zones: ['a', 'b', 'c'],
      tiers: { standard: { minReplicas: 4 } },
    });
  });

  test('cannot be changed once it is settled', () => {
    const platform = platformFor({ environments: { prod: {} } }, 'prod');
    expect(Object.isFrozen(platform)).toBe(true);
    expect(Object.isFrozen(platform.network.dns.podLabels)).toBe(true);
  });

  test('can switch off what is a switch', () => {
    expect(
      platformFor({ resources: { cpuLimitRatio: false }, network: { dns: { nodeLocal: false } } }, 'prod'),
    ).toMatchObject({
      resources: { cpuLimitRatio: false },
      network: { dns: { nodeLocal: false } },
    });
  });
});

describe('a profile is refused with', () => {
  test.each([
    ['a misspelt key', { tier: {} }, 'unknown-key tier'],
    [
      'a misspelt key in an environment',
      { environments: { prod: { zone: ['a'] } } },
      'unknown-key environments.prod.zone',
    ],
    ['no zones', { zones: [] }, 'invalid-value zones'],
    ['a Kubernetes below the floor', { kubernetes: '1.32' }, 'invalid-value kubernetes'],
    ['a ratio below one', { resources: { cpuLimitRatio: 0.5 } }, 'invalid-value resources.cpuLimitRatio'],
    ['an unparsable quantity', { resources: { memory: 'lots' } }, 'invalid-value resources.memory'],
    ['root', { runAsUser: 0 }, 'invalid-value runAsUser'],
    ['a group for no team', { teamGroup: 'everybody' }, 'invalid-value teamGroup'],
    ['a mesh that nobody runs', { mesh: true }, 'invalid-value mesh'],
    [
      'a peer that is every pod',
      { network: { systemPeers: { all: { direction: 'from', applies: 'every', namespace: 'x', podLabels: {} } } } },
      'invalid-value network.systemPeers.all.podLabels',
    ],
    ['a surge of nothing', { rollout: { maxSurge: '0%' } }, 'invalid-value rollout.maxSurge'],
    ['no reserve at all', { autoscaling: { zoneLossLoad: 101 } }, 'invalid-value autoscaling.zoneLossLoad'],
  ])('%s', (_, profile, code) => {
    expect(codes(problems(profile))).toEqual([code]);
    expect(problems(profile)[0]).toMatchObject({ kind: 'input', subject: 'profile' });
  });

  test('one zone twice: it would be counted as two', () => {
    expect(problems({ zones: ['a', 'a', 'b'] })).not.toEqual([]);
  });

  test('a network that is none', () => {
    for (const cidr of ['10.0.0.0/99', '10.0.0/8', '999.0.0.0/8', '....../8'])
      expect(problems({ network: { internalCidrs: [cidr] } })).not.toEqual([]);
  });

  test('a peer that nothing can ever use: services accept callers, not those that they call', () => {
    const peer = { direction: 'to', applies: 'accepted', namespace: 'x', podLabels: { a: 'b' }, ports: [{ port: 1 }] };
    expect(problems({ network: { systemPeers: { never: peer } } })).not.toEqual([]);
  });

  test('prototype keys', () => {
    expect(only(problems(JSON.parse('{"environments": {"__proto__": {}}}')), 'unsafe-key').path).toBe(
      'environments.__proto__',
    );
  });

  test.each([null, 7, []])('nothing in it: %j', (profile) => {
    expect(codes(problems(profile))).toEqual(['not-a-map']);
  });
});

test('sidecars that Pod Security "restricted" would refuse are a problem: without Istio CNI their init container needs NET_ADMIN', () => {
  const profile: PlatformProfile = { mesh: { kind: 'istio', cni: false } };
  const found = [
    ...profileProblems(profile),
    ...(profileProblems(profile).length === 0 ? problemsOf(spec(), profile) : []),
  ];
  expect(found).not.toEqual([]);
});

test('an environment that the profile does not know is named, with the one that was meant', () => {
  expect(() => platformFor(BUILT_IN, 'stagin')).toThrow(/did you mean staging/);
  expect(() => platformFor({ environments: { live: {} } }, 'prod')).toThrow(/one of live/);
});
