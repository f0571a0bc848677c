import {
  exitCodeOf,
  Fleet,
  formatProblems,
  ProblemsError,
  ServiceBlueprint,
  type Problem,
  type ServiceSpec,
} from '../../../lib';
import { codes, cron, fleetOf, IMAGE, LEAST, only, problemsIn, problemsOf, profileOf, spec } from './fleets';

/** As somebody without a type checker writes it. */
const loose = (changes: Record<string, unknown>): ServiceSpec => ({ ...LEAST, ...changes });

function here(offset: number): { file: string; line: number; column: unknown } {
  const frame = new Error().stack!.split('\n')[2]!;
  return { file: __filename, line: Number(/:(\d+):\d+\)?$/.exec(frame)![1]) + offset, column: expect.any(Number) };
}

test('two services of one name', () => {
  const fleet = new Fleet({ name: 'shop' });
  new ServiceBlueprint(fleet, 'cart', LEAST);
  new ServiceBlueprint(fleet, 'cart', LEAST);
  const second = here(-1);
  expect(problemsIn(fleet)).toEqual([
    {
      code: 'name-taken',
      kind: 'input',
      subject: 'cart',
      path: '',
      message: 'two services of the fleet have this name',
      got: `the other one is at ${__filename}:${second.line - 1}`,
      fix: 'rename one of them: the name is part of every address',
      at: second,
    },
  ]);
});

test('three services of one name', () => {
  const fleet = new Fleet({ name: 'shop' });
  for (let count = 0; count < 3; count += 1) new ServiceBlueprint(fleet, 'cart', LEAST);
  expect(codes(problemsIn(fleet))).toEqual(['name-taken', 'name-taken']);
});

test.each(['Cart', 'cart_store', '1cart', 'cart-', 'a'.repeat(41), 'a/b', 'cart.store', ''])(
  'a name that no Service can have: %j',
  (name) => {
    expect(only(problemsIn(fleetOf({ [name]: LEAST })), 'invalid-name')).toMatchObject({
      kind: 'input',
      subject: name,
      expected: expect.stringContaining('at most 40 characters'),
    });
  },
);

test('a name that every object of JavaScript has already', () => {
  expect(codes(problemsIn(fleetOf({ constructor: LEAST })))).toEqual(['invalid-name']);
});

test('a port out of range', () => {
  for (const port of [0, 80, 1023, 65536, -1, 8080.5, NaN, Infinity, '8080']) {
    const problem = only(problemsOf(loose({ ports: { http: port } })), 'invalid-value');
    expect(problem).toMatchObject({ kind: 'input', path: 'ports.http', subject: 'app' });
    expect(problem.got).toBe(typeof port === 'string' ? '"8080"' : String(port));
  }
  expect(only(problemsOf(spec({ ports: { http: 80 } })), 'invalid-value').expected).toBe(
    'a whole number from 1024 to 65535 (a process that is not root cannot bind lower ones)',
  );
  expect(only(problemsOf(loose({ ports: { http: { port: 70000 } } })), 'invalid-value').path).toBe('ports.http.port');
  for (const port of [1024, 65535]) expect(problemsOf(spec({ ports: { http: port } }))).toEqual([]);
});

test('two ports of one number', () => {
  expect(only(problemsOf(spec({ ports: { http: 8080, admin: 8080 } })), 'port-taken')).toMatchObject({
    kind: 'rule',
    path: 'ports.admin',
    got: '8080',
    message: 'http already has this port',
  });
});

test.each(['Http', 'http_admin', 'a-name-of-sixteen', '8080', '-http', 'a--b'])(
  'a port name that no Service can have: %s',
  (name) => {
    expect(only(problemsOf(spec({ ports: { [name]: 8080 } })), 'invalid-key')).toMatchObject({
      kind: 'input',
      path: expect.stringContaining(name),
    });
  },
);

test.each([
  ['CPU', { resources: { cpu: '1 core' } }, 'resources.cpu', '"1 core"', 'a CPU quantity such as 100m, 0.5 or 2'],
  [
    'CPU without a unit of text',
    { resources: { cpu: 2 } },
    'resources.cpu',
    '2',
    'a CPU quantity such as 100m, 0.5 or 2',
  ],
  [
    'CPU of nothing',
    { resources: { cpu: '0' } },
    'resources.cpu',
    '"0"',
    'a CPU quantity such as 100m, 0.5 or 2, at least 1m',
  ],
  [
    'memory',
    { resources: { memory: '1 gigabyte' } },
    'resources.memory',
    '"1 gigabyte"',
    'a memory quantity such as 128Mi or 1Gi',
  ],
  [
    'thousandths of a byte',
    { resources: { memory: '128m' } },
    'resources.memory',
    '"128m"',
    'a memory quantity such as 128Mi or 1Gi',
  ],
  [
    'a time span',
    { shutdown: { drain: '15 seconds' } },
    'shutdown.drain',
    '"15 seconds"',
    'a time span such as 250ms, 5s, 2m or 1h',
  ],
  [
    'a time span of a number',
    { shutdown: { drain: 15 } },
    'shutdown.drain',
    '15',
    'a time span such as 250ms, 5s, 2m or 1h',
  ],
  [
    'a size of a directory',
    { volumes: { '/data': { size: 'big' } } },
    'volumes["/data"].size',
    '"big"',
    'a memory quantity such as 128Mi or 1Gi',
  ],
  ['a surge', { rollout: { maxSurge: '250%' } }, 'rollout.maxSurge', '"250%"', 'a percentage from 1% to 100%'],
])('an unparsable quantity: %s', (_, changes, path, got, expected) => {
  expect(only(problemsOf(loose(changes)), 'invalid-value')).toMatchObject({ kind: 'input', path, got, expected });
});

test('a limit below its request', () => {
  expect(only(problemsOf(spec({ resources: { cpu: '500m', cpuLimit: '400m' } })), 'limit-below-request')).toMatchObject(
    {
      kind: 'rule',
      path: 'resources.cpuLimit',
      got: '400m',
      expected: 'at least 500m',
    },
  );
});

test('a CPU limit where the profile has none', () => {
  const profile = profileOf({ resources: { cpuLimitRatio: false } });
  expect(codes(problemsOf(spec({ resources: { cpuLimit: '1' } }), profile))).toEqual([
    'cpu-limits-are-off resources.cpuLimit',
  ]);
  expect(problemsOf(spec({ resources: { cpuLimit: false } }), profile)).toEqual([]);
});

test.each([
  ['readyness', { probes: { readyness: {} } }, 'probes.readyness', 'readiness'],
  ['readinessProbe', { probes: { readinessProbe: {} } }, 'probes.readinessProbe', 'readiness'],
  ['call', { call: {} }, 'call', 'calls'],
  ['enviroments', { enviroments: {} }, 'enviroments', 'environments'],
  ['resource', { resource: {} }, 'resource', 'resources'],
  ['timout', { calls: { cart: { timout: '1s' } } }, 'calls.cart.timout', 'timeout'],
  ['peakRPS', { traffic: { peakRPS: 5 } }, 'traffic.peakRPS', 'peakRps'],
  ['cpuTaget', { autoscaling: { cpuTaget: 5 } }, 'autoscaling.cpuTaget', 'cpuTarget'],
  ['in an overlay', { environments: { prod: { replica: 5 } } }, 'environments.prod.replica', 'replicas'],
  ['in a side container', { sidecars: { agent: { image: IMAGE, agrs: [] } } }, 'sidecars.agent.agrs', 'args'],
])('a misspelt key: %s', (_, changes, path, meant) => {
  const problem = only(problemsOf(loose(changes)), 'unknown-key');
  expect(problem).toMatchObject({ kind: 'input', path, fix: `did you mean "${meant}"`, got: expect.any(String) });
  expect(problem.expected).toContain(meant);
});

test('a key that is like no other is to be removed', () => {
  expect(only(problemsOf(loose({ zzzz: 1 })), 'unknown-key')).toMatchObject({
    path: 'zzzz',
    fix: 'remove it',
    got: '1',
  });
});

test.each([
  ['kind', { kind: 'servise' }, 'did you mean "service"'],
  ['tier', { tier: 'critcal' }, 'did you mean "critical"'],
])('a misspelt value: %s', (path, changes, fix) => {
  expect(only(problemsOf(loose(changes)), 'invalid-value')).toMatchObject({ path, fix });
});

test.each(['team', 'image'])('%s is missing', (field) => {
  const rest = Object.fromEntries(Object.entries(LEAST).filter(([key]) => key !== field));
  expect(only(problemsOf(rest), 'required')).toMatchObject({
    kind: 'input',
    path: field,
    message: `"${field}" is missing`,
    fix: 'add it',
  });
});

test.each([null, undefined, 7, 'text', [LEAST]])('a spec that is no map: %j', (nonsense) => {
  expect(problemsOf(nonsense)).toMatchObject([{ code: 'not-a-map', kind: 'input', subject: 'app' }]);
});

describe('keys that reach into a prototype', () => {
  test.each([
    ['__proto__', '{"__proto__": {"tier": "critical"}}', '__proto__'],
    ['__proto__ in a map', '{"env": {"__proto__": "x"}}', 'env.__proto__'],
    ['constructor', '{"calls": {"constructor": {}}}', 'calls.constructor'],
    [
      'prototype in a patch',
      '{"overrides": [{"target": {"kind": "Service"}, "patch": {"spec": {"prototype": 1}}, "reason": "none that is good"}]}',
      'overrides[0].patch.spec.prototype',
    ],
    [
      '__proto__ in an overlay',
      '{"environments": {"prod": {"env": {"__proto__": "x"}}}}',
      'environments.prod.env.__proto__',
    ],
  ])('%s', (_, json, path) => {
    // `JSON.parse` makes an own key of it, as a YAML parser may; an object literal would not.
    const written = { ...LEAST };
    for (const [key, value] of Object.entries(JSON.parse(json) as object))
      Object.defineProperty(written, key, { value, enumerable: true, configurable: true, writable: true });
    expect(only(problemsOf(written), 'unsafe-key')).toMatchObject({ kind: 'input', path, fix: 'rename or remove it' });
    expect(({} as Record<string, unknown>).tier).toBeUndefined();
  });
});

describe('data without an end', () => {
  test('nested too deep', () => {
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let level = 0; level < 100; level += 1) inner = inner.x = {};
    expect(codes(problemsOf(loose({ slo: deep })))).toEqual(['too-deep slo.x.x.x']);
  });

  test.each(['env', 'files', 'args', 'overrides', 'environments'])('that holds itself: %s', (field) => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    expect(codes(problemsOf(loose({ [field]: ring })))).toContainEqual(expect.stringMatching(/^too-deep /));
  });

  test('a spec that is its own overlay', () => {
    const written: Record<string, unknown> = { ...LEAST };
    written.environments = { prod: written };
    expect(codes(problemsOf(written))).toContainEqual(expect.stringMatching(/^too-deep /));
  });
});

describe('locked security', () => {
  test.each([
    'runAsNonRoot',
    'readOnlyRootFilesystem',
    'allowPrivilegeEscalation',
    'privileged',
    'capabilities',
    'seccompProfile',
  ])('%s is no knob, and the answer says so', (key) => {
    expect(only(problemsOf(loose({ security: { [key]: true } })), 'locked')).toMatchObject({
      kind: 'rule',
      path: `security.${key}`,
      message: `"${key}" is an invariant of the golden path and no knob (Pod Security "restricted")`,
      fix: expect.stringContaining('overrides with a reason'),
    });
    expect(only(problemsOf(loose({ environments: { prod: { security: { [key]: true } } } })), 'locked').path).toBe(
      `environments.prod.security.${key}`,
    );
  });

  test('root is no user', () => {
    expect(only(problemsOf(spec({ security: { runAsUser: 0 } })), 'invalid-value').path).toBe('security.runAsUser');
  });
});

describe('secrets as literals', () => {
  // Put together here, so that no scanner takes the test for a leak.
  const key = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_');

  test.each([
    ['a variable', { env: { STRIPE: key } }, 'env.STRIPE'],
    ['a variable in an overlay', { environments: { dev: { env: { STRIPE: key } } } }, 'environments.dev.env.STRIPE'],
    ['a file', { files: { '/etc/app.conf': `key = ${key}` } }, 'files["/etc/app.conf"]'],
    ['an argument', { args: ['--key', key] }, 'args[1]'],
    ['a side container', { sidecars: { agent: { image: IMAGE, env: { STRIPE: key } } } }, 'sidecars.agent.env.STRIPE'],
    ['a migration', { migrate: { command: ['/m', key] } }, 'migrate.command[1]'],
    [
      'a header of a probe',
      { probes: { readiness: { check: { http: '/', headers: { Authorization: `Bearer ${key}` } } } } },
      'probes.readiness.check.headers.Authorization',
    ],
    [
      'a command of a probe',
      { probes: { liveness: { check: { exec: ['/check', key] } } } },
      'probes.liveness.check.exec[1]',
    ],
    [
      'a patch',
      {
        overrides: [
          {
            target: { kind: 'Service' },
            patch: { metadata: { annotations: { stripe: key } } },
            reason: 'none that is good',
          },
        ],
      },
      'overrides[0].patch.metadata.annotations.stripe',
    ],
    [
      'another object',
      { extra: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { stripe: key } }] },
      'extra[0].data.stripe',
    ],
  ])('in %s', (_, changes, path) => {
    const problem = only(problemsOf(spec(changes)), 'literal-secret');
    expect(problem).toMatchObject({ kind: 'rule', path, expected: 'a reference to the secret store' });
    // A message ends up in logs.
    expect(JSON.stringify(problem)).not.toContain(key);
  });

  test('are no secrets when they are references', () => {
    expect(problemsOf(spec({ secrets: { STRIPE: 'shop/stripe' } }))).toEqual([]);
  });
});

describe('names of environments', () => {
  test('in a spec are those of the profile', () => {
    expect(only(problemsOf(loose({ environments: { stagging: {} } })), 'unknown-environment')).toMatchObject({
      kind: 'input',
      path: 'environments.stagging',
      expected: 'one of dev, staging, prod',
      fix: 'did you mean "staging"',
    });
  });

  test('to render are those of the profile', () => {
    expect(only(problemsIn(fleetOf({ app: LEAST }), { env: 'production' }), 'unknown-environment')).toMatchObject({
      subject: 'profile',
      got: 'production',
      expected: 'one of dev, staging, prod',
      fix: expect.stringContaining('prod'),
    });
  });
});

test('a fleet without services, or with a name that no label can have', () => {
  expect(codes(problemsIn(new Fleet({ name: 'shop' })))).toEqual(['empty-fleet']);
  expect(problemsIn(fleetOf({ app: LEAST })).length).toBe(0);
  const named = new Fleet({ name: 'My Shop' });
  new ServiceBlueprint(named, 'app', LEAST);
  expect(only(problemsIn(named), 'invalid-name')).toMatchObject({ subject: 'fleet', path: 'name', got: '"My Shop"' });
});

describe('a cron', () => {
  test.each(['tomorrow', '* * * *', '* * * * * *', '@sometimes'])('cannot run at %s', (schedule) => {
    expect(only(problemsOf(cron({ schedule })), 'invalid-value')).toMatchObject({
      path: 'schedule',
      expected: expect.stringContaining('five cron fields'),
    });
  });
});

describe('everything at once', () => {
  /** Every problem of a fleet, whether it was thrown or listed. */
  const broken = () => {
    const fleet = new Fleet({ name: 'shop' });
    new ServiceBlueprint(fleet, 'web', loose({ ports: { http: 80 }, probes: { readyness: {} } }));
    new ServiceBlueprint(fleet, 'cart', loose({ resources: { cpu: 'lots' }, security: { privileged: true } }));
    new ServiceBlueprint(fleet, 'cart', loose({ __proto__: undefined, team: 'Shop' }));
    return { fleet, web: here(-3), cart: here(-2), twin: here(-1) };
  };

  test('what cannot be used comes in one error, with the place of each', () => {
    const { fleet, web, cart, twin } = broken();
    const problems = problemsIn(fleet);
    expect(problems.map(({ code, path, at }) => [code, path, at?.line])).toEqual([
      ['invalid-value', 'ports.http', web.line],
      ['unknown-key', 'probes.readyness', web.line],
      ['invalid-value', 'resources.cpu', cart.line],
      ['locked', 'security.privileged', cart.line],
      ['name-taken', '', twin.line],
      ['invalid-value', 'team', twin.line],
    ]);
    for (const { at } of problems) expect(at!.file).toBe(__filename);
    expect(exitCodeOf(problems)).toBe(2);
  });

  test('the error reads as a list that a person can work through', () => {
    const { fleet } = broken();
    let caught: unknown;
    try {
      fleet.in('prod');
    } catch (error) {
      caught = error;
    }
    expect(ProblemsError.is(caught)).toBe(true);
    const { message, problems } = caught as ProblemsError;
    expect(message).toBe(formatProblems(problems));
    expect(message).toMatch(
      /^6 problems\n\nweb › ports\.http: the value does not fit \[invalid-value\]\n {2}at: {7}.*bad-input\.test\.ts:\d+:\d+\n {2}got: {6}80\n {2}expected: a whole number/,
    );
  });

  test('rules of every service come in one list', () => {
    const fleet = fleetOf({
      web: spec({ calls: { cart: {}, chekout: {} }, shutdown: { grace: '5s' }, image: 'ghcr.io/acme/app:v1' }),
      cart: spec({ team: 'data', replicas: 3 }),
      checkout: spec({ autoscaling: { min: 1 } }),
    });
    const problems = problemsIn(fleet);
    expect(codes(problems).sort()).toEqual(
      [
        'call-without-consent calls.cart',
        'unknown-service calls.chekout',
        'grace-too-short shutdown.grace',
        'image-not-pinned image',
        'replicas-under-autoscaling replicas',
        'too-few-replicas autoscaling.min',
      ].sort(),
    );
    expect(exitCodeOf(problems)).toBe(2);
    expect(exitCodeOf(problems.filter(({ kind }) => kind === 'rule'))).toBe(1);
  });

  test('a broken rule of one service is not hidden by an unusable value of another', () => {
    const fleet = fleetOf({ web: loose({ ports: { http: 80 } }), cart: spec({ shutdown: { grace: '5s' } }) });
    expect(codes(problemsIn(fleet)).sort()).toEqual(['grace-too-short shutdown.grace', 'invalid-value ports.http']);
  });

  test('every problem is complete: what, where, and the next step or what would do', () => {
    const all: Problem[] = [
      ...problemsIn(broken().fleet),
      ...problemsIn(
        fleetOf({
          web: spec({
            calls: { cart: {} },
            shutdown: { grace: '5s' },
            replicas: 3,
            autoscaling: { min: 1, max: 70, cpuTarget: 90 },
          }),
          cart: spec({ team: 'data', rollout: { progressDeadline: '1s' }, disruption: { maxUnavailable: 9 } }),
        }),
      ),
    ];
    for (const { code, message, fix, expected, at } of all) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(message).toMatch(/^\S.*[^.]$/);
      expect(fix ?? expected).toBeDefined();
      expect(at).toBeDefined();
    }
    expect(all.length).toBeGreaterThan(10);
  });
});
