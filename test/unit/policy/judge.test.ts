import type { Manifest } from '../../../lib/kube/manifest';
import {
  graphPolicy,
  judge,
  judgeObject,
  objectPolicy,
  type Pack,
  type Policy,
  type Severity,
} from '../../../lib/policy';
import { withDefaults } from '../../../lib/policy/defaults';

const DEPLOYMENT = { group: 'apps', version: 'v1', resource: 'deployments', kind: 'Deployment' };

const one = (id: string, changes: object): Policy =>
  objectPolicy({
    id,
    category: 'hygiene',
    title: 'There is an example',
    kinds: [DEPLOYMENT],
    offenders: '[]',
    message: 'is wrong',
    fix: 'mend it',
    ...changes,
  });

const graph = (id: string, found: Parameters<typeof graphPolicy>[0]['judge']): Policy =>
  graphPolicy({ id, category: 'networking', title: 'All fits', fix: 'mend it', outside: 'it is a test', judge: found });

const pack = (...policies: (Policy | [Policy, Severity])[]): Pack => ({
  name: 'test',
  policies: policies.map((entry) => {
    const [policy, severity] = Array.isArray(entry) ? entry : [entry, 'error' as const];
    return { policy, severity, parameters: policy.parameters ?? {} };
  }),
});

const deployment = (name: string, spec: object = {}, namespace = 'shop'): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec,
});

/** Wrong from three replicas on; a paused one is not looked at; `progressDeadlineSeconds: 1` makes it fail. */
const few = one('few', {
  applies: { when: '!has(object.spec.paused)', otherwise: 'it is paused' },
  offenders:
    'object.spec.progressDeadlineSeconds == 1 ? [string(object.spec.nowhere)] : object.spec.replicas > 2 ? ["spec/replicas"] : []',
});

describe('judge', () => {
  const manifests = [
    deployment('small', { replicas: 1 }),
    deployment('large', { replicas: 3 }),
    deployment('paused', { replicas: 3, paused: true }),
    deployment('odd', { progressDeadlineSeconds: 1 }),
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'other' } },
  ];

  test('tells pass, violation, not applicable and error apart, and counts them', () => {
    const { findings, errors, tallies, objects } = judge(manifests, pack(few));
    expect(findings.map(({ object, path }) => `${object.metadata.name} ${path}`)).toEqual(['large spec/replicas']);
    expect(errors).toEqual([{ policy: 'few', object: manifests[3], message: 'No such key: nowhere' }]);
    expect(tallies.get('few')).toEqual({ pass: 1, violation: 1, notApplicable: 1 });
    expect(objects).toBe(5);
  });

  test('a finding says all that somebody needs', () => {
    expect(judge(manifests, pack([few, 'warning'])).findings).toEqual([
      {
        policy: 'few',
        category: 'hygiene',
        severity: 'warning',
        object: manifests[1],
        path: 'spec/replicas',
        message: 'is wrong',
        fix: 'mend it',
      },
    ]);
  });

  test('judges what the API server would store, and tells of what was given', () => {
    const given = deployment('web');
    const { findings } = judge([given], pack(one('replicas', { offenders: 'object.spec.replicas == 1 ? ["x"] : []' })));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.object).toBe(given);
  });

  test('a policy that looked at nothing is told too', () => {
    expect(
      judge(
        [],
        pack(
          few,
          graph('all', () => undefined),
        ),
      ).tallies,
    ).toEqual(
      new Map([
        ['all', { pass: 0, violation: 0, notApplicable: 1 }],
        ['few', { pass: 0, violation: 0, notApplicable: 0 }],
      ]),
    );
  });

  test('looks at a kind of the group of the policy only', () => {
    const other = { ...deployment('large', { replicas: 3 }), apiVersion: 'example.com/v1' };
    expect(judge([other], pack(few)).tallies.get('few')).toEqual({ pass: 0, violation: 0, notApplicable: 0 });
  });

  test('carries the change that mends, where there is one', () => {
    const mend = (path: string, object: Manifest) =>
      object.metadata.name === 'large' ? [{ op: 'replace' as const, path, value: 2 }] : undefined;
    const { findings } = judge(
      [deployment('large', { replicas: 3 }), deployment('larger', { replicas: 4 })],
      pack(one('few', { offenders: 'object.spec.replicas > 2 ? ["spec/replicas"] : []', mend })),
    );
    expect(findings.map(({ patch }) => patch)).toEqual([
      [{ op: 'replace', path: 'spec/replicas', value: 2 }],
      undefined,
    ]);
    expect(findings[1]).not.toHaveProperty('patch');
  });
});

test('one object can be judged by one policy, if that looks at its kind', () => {
  const [packed] = pack(few).policies;
  expect(judgeObject(packed!, withDefaults(deployment('large', { replicas: 3 })))).toEqual({
    outcome: 'violation',
    offenders: ['spec/replicas'],
  });
  expect(judgeObject(packed!, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } })).toBeUndefined();
  expect(judgeObject(pack(graph('all', () => [])).policies[0]!, deployment('web'))).toBeUndefined();
});

describe('a graph policy', () => {
  test('passes, breaks or has nothing to judge', () => {
    const offence = { object: deployment('web'), path: 'spec', message: 'does not fit' };
    const outcomes = pack(
      graph('fine', () => []),
      graph('broken', () => [offence, { ...offence, path: 'kind' }]),
      graph('elsewhere', () => undefined),
    );
    const { findings, tallies } = judge([deployment('web')], outcomes);
    expect(tallies.get('fine')).toEqual({ pass: 1, violation: 0, notApplicable: 0 });
    expect(tallies.get('broken')).toEqual({ pass: 0, violation: 1, notApplicable: 0 });
    expect(tallies.get('elsewhere')).toEqual({ pass: 0, violation: 0, notApplicable: 1 });
    expect(findings.map(({ policy, path, message }) => `${policy} ${path} ${message}`)).toEqual([
      'broken kind does not fit',
      'broken spec does not fit',
    ]);
  });

  test('sees objects as they are stored, and tells of them as they were given', () => {
    const given = deployment('web');
    const seen: unknown[] = [];
    const { findings } = judge(
      [given],
      pack(
        graph('all', (world) => {
          const [object] = world.of('apps', 'Deployment');
          seen.push((object!.spec as Record<string, unknown>).replicas);
          return [{ object: object!, path: 'spec', message: 'does not fit' }];
        }),
      ),
    );
    expect(seen).toEqual([1]);
    expect(findings[0]!.object).toBe(given);
  });

  test('reads its parameters from the pack', () => {
    const limited: Policy = graph('all', (_, { most }) => (most === 3 ? [] : undefined));
    const { tallies } = judge([], {
      name: 'test',
      policies: [{ policy: limited, severity: 'error', parameters: { most: 3 } }],
    });
    expect(tallies.get('all')!.pass).toBe(1);
  });

  test('that fails is an error, and no pass', () => {
    const failing = graph('failing', () => {
      throw new Error('the policy is wrong');
    });
    const { findings, errors, tallies } = judge([], pack(failing));
    expect(findings).toEqual([]);
    expect(errors).toEqual([{ policy: 'failing', message: 'the policy is wrong' }]);
    expect(tallies.get('failing')).toEqual({ pass: 0, violation: 0, notApplicable: 0 });
  });
});

test('findings are in one order, the worst first, however objects and policies are ordered', () => {
  const all = '["spec/a", "spec/b"]';
  const policies: [Policy, Severity][] = [
    [one('hint', { offenders: all }), 'info'],
    [one('bad', { offenders: all }), 'error'],
    [one('worse', { offenders: all }), 'error'],
    [one('doubt', { offenders: all }), 'warning'],
    [
      graph('all', (world) =>
        world.manifests.flatMap((object) =>
          ['second', 'first'].map((message) => ({ object, path: 'spec/a', message })),
        ),
      ),
      'error',
    ],
  ];
  const manifests = [deployment('b'), deployment('a'), deployment('a', {}, 'bank')];
  const told = (objects: Manifest[], entries: [Policy, Severity][]): string[] =>
    judge(objects, pack(...entries)).findings.map(
      ({ severity, object: { metadata }, path, policy, message }) =>
        `${severity} ${metadata.namespace}/${metadata.name} ${path} ${policy} ${message}`,
    );
  const order = told(manifests, policies);
  expect(told([...manifests].reverse(), [...policies].reverse())).toEqual(order);
  expect(order.slice(0, 7)).toEqual([
    'error bank/a spec/a all first',
    'error bank/a spec/a all second',
    'error bank/a spec/a bad is wrong',
    'error bank/a spec/a worse is wrong',
    'error bank/a spec/b bad is wrong',
    'error bank/a spec/b worse is wrong',
    'error shop/a spec/a all first',
  ]);
  expect(order.map((line) => line.split(' ')[0])).toEqual([
    ...Array<string>(18).fill('error'),
    ...Array<string>(6).fill('warning'),
    ...Array<string>(6).fill('info'),
  ]);
});
