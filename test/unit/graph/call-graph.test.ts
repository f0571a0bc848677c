import { codes, cron, fleetOf, only, problemsIn, profileOf, spec, worker } from '../fleet/fleets';

const calling = (callee: string, call = {}) => spec({ team: 'web', calls: { [callee]: call } });

function codesFor(accepts: Parameters<typeof spec>[0], caller = calling('cart')): string[] {
  return codes(problemsIn(fleetOf({ cart: spec({ team: 'data', ...accepts }), web: caller })));
}

describe('consent', () => {
  test.each([
    ['any', 'any' as const],
    ['the name of the caller', ['web']],
    ['the team of the caller', ['team:web']],
    ['one of several', ['other', 'team:web', 'system:gateway']],
  ])('is given by %s', (_, accepts) => {
    expect(codesFor({ accepts })).toEqual([]);
  });

  test.each([
    ['nobody', []],
    ['another service', ['webb']],
    ['another team', ['team:webb']],
    ['a team of the service’s name', ['team:cart']],
    ['a system peer', ['system:gateway']],
  ])('is not given by %s', (_, accepts) => {
    expect(codesFor({ accepts })).toEqual(['call-without-consent calls.cart']);
  });

  test('is given to the own team by default, and to nobody else', () => {
    expect(codesFor({ team: 'web' })).toEqual([]);
    expect(codesFor({ team: 'data' })).toEqual(['call-without-consent calls.cart']);
  });

  test('must be said by a critical service, even for its own team', () => {
    expect(codesFor({ team: 'web', tier: 'critical' })).toEqual(['call-without-consent calls.cart']);
    expect(codesFor({ team: 'web', tier: 'critical', accepts: ['web'] })).toEqual([]);
  });

  test('of the own team is not implied by a list', () => {
    expect(codesFor({ team: 'web', accepts: ['elsewhere'] })).toEqual(['call-without-consent calls.cart']);
  });

  test('is what the profile says for a tier', () => {
    const fleet = fleetOf(
      { cart: spec({ team: 'web' }), web: calling('cart') },
      profileOf({ tiers: { standard: { explicitAccepts: true } } }),
    );
    expect(codes(problemsIn(fleet))).toEqual(['call-without-consent calls.cart']);
  });

  test('that is missing is explained to the caller', () => {
    const fleet = fleetOf({ cart: spec({ team: 'data', accepts: ['api'] }), web: calling('cart'), api: spec() });
    expect(only(problemsIn(fleet), 'call-without-consent')).toMatchObject({
      kind: 'rule',
      subject: 'web',
      path: 'calls.cart',
      message: 'cart does not accept calls from web',
      got: 'accepts: [api]',
      expected: 'web, team:web or any among what cart (team data, standard) accepts',
      fix: 'add web to accepts of cart, or remove the call',
    });
  });

  test('of an environment counts in that environment only', () => {
    const cart = spec({ team: 'data', accepts: ['web'], environments: { staging: { accepts: [] } } });
    const fleet = fleetOf({ cart, web: calling('cart') });
    expect(problemsIn(fleet)).toEqual([]);
    expect(codes(problemsIn(fleet, { env: 'staging' }))).toEqual(['call-without-consent calls.cart']);
  });

  test('to a system peer needs one of that name in the profile', () => {
    const problem = only(problemsIn(fleetOf({ app: spec({ accepts: ['system:gatewy'] }) })), 'unknown-peer');
    expect(problem).toMatchObject({
      path: 'accepts',
      kind: 'input',
      got: 'system:gatewy',
      expected: 'one of system:scrape, system:gateway',
      fix: 'did you mean "system:gateway"',
    });
  });
});

describe('a call', () => {
  test('to a service that is not there says which one was meant', () => {
    const fleet = fleetOf({ checkout: spec(), web: calling('chekout') });
    expect(only(problemsIn(fleet), 'unknown-service')).toMatchObject({
      kind: 'input',
      subject: 'web',
      path: 'calls.chekout',
      got: 'chekout',
      fix: 'did you mean "checkout"',
    });
    const far = only(problemsIn(fleetOf({ web: calling('mainframe') })), 'unknown-service');
    expect(far.fix).toBe('add the service, say where it is with at, or remove the call');
  });

  test('to a port that is not there says which one was meant', () => {
    const fleet = fleetOf({
      cart: spec({ accepts: 'any', ports: { grpc: 9090, http: 8080 } }),
      web: calling('cart', { port: 'gprc' }),
    });
    expect(only(problemsIn(fleet), 'unknown-port')).toMatchObject({
      subject: 'web',
      path: 'calls.cart.port',
      got: 'gprc',
      expected: 'one of grpc, http',
      fix: 'did you mean "grpc"',
    });
  });

  test.each([
    ['a worker', worker({ accepts: 'any' })],
    ['a cron', cron({ accepts: 'any' })],
  ])('to %s without ports is refused', (_, callee) => {
    expect(codes(problemsIn(fleetOf({ callee, web: calling('callee') })))).toEqual([
      'callee-without-port calls.callee',
    ]);
  });

  test('to a service of the fleet cannot say where it is', () => {
    const fleet = fleetOf({
      cart: spec({ accepts: 'any' }),
      web: calling('cart', { at: { namespace: 'cart', port: 8080 } }),
    });
    expect(codes(problemsIn(fleet))).toEqual(['call-has-two-places calls.cart.at']);
  });

  test('in a circle, and to itself, ends', () => {
    const circle = {
      a: spec({ calls: { b: {} } }),
      b: spec({ calls: { a: {} } }),
      self: spec({ calls: { self: {} } }),
    };
    const fleet = fleetOf(circle);
    expect(problemsIn(fleet)).toEqual([]);
    expect(fleet.in('prod').resolved('a').callers).toEqual(['b']);
    expect(fleet.in('prod').resolved('self').callers).toEqual(['self']);
  });
});

test('only calls that were accepted are edges, in the order of their names', () => {
  const fleet = fleetOf({
    z: spec({ team: 'web' }),
    a: spec({ team: 'web' }),
    closed: spec({ team: 'other' }),
    web: spec({ team: 'web', calls: { z: { need: 'soft', fallback: 'none' }, closed: {}, a: {} } }),
  });
  const { graph } = fleet.in('prod');
  expect(graph.callsOf('web')).toEqual([
    { caller: 'web', callee: 'a', port: 'http', need: 'hard' },
    { caller: 'web', callee: 'z', port: 'http', need: 'soft' },
  ]);
  expect(graph.callersOf('closed')).toEqual([]);
});
