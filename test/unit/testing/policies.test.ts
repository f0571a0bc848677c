import { App, Chart } from 'cdk8s';
import { ServiceBlueprint } from 'golden-path';
import 'golden-path/testing/jest';
import { base } from '../../policies/fixtures';

const IMAGE = `ghcr.io/acme/web:1.0.0@sha256:${'a'.repeat(64)}`;

function chart(overrides: ConstructorParameters<typeof ServiceBlueprint>[2]['overrides'] = []): Chart {
  const made = new Chart(new App(), 'shop');
  new ServiceBlueprint(made, 'web', { team: 'storefront', image: IMAGE, ports: { http: 8080 }, overrides });
  return made;
}

const withoutLiveness = [
  {
    target: { kind: 'Deployment' },
    patch: { spec: { template: { spec: { containers: [{ name: 'web', livenessProbe: null }] } } } },
    reason: 'somebody thought that it did harm',
  },
];

describe('toPassPolicies', () => {
  test('passes what the blueprint makes', () => {
    expect(chart()).toPassPolicies('golden');
    expect(chart()).toPassPolicies();
  });

  test('fails with the finding, its way out, and the line of the blueprint', () => {
    expect(() => expect(chart(withoutLiveness)).toPassPolicies('golden')).toThrow(
      /liveness-probe[\s\S]*Deployment web\/web[\s\S]*livenessProbe[\s\S]*caused by .*policies\.test\.ts:\d+[\s\S]*fix:/,
    );
    expect(chart(withoutLiveness)).not.toPassPolicies('golden');
  });

  test('takes manifests of anybody', () => {
    expect(base()).toPassPolicies('golden');
  });

  test('does not take nothing for a pass', () => {
    expect(() => expect(new Chart(new App(), 'empty')).toPassPolicies()).toThrow('there are no objects to judge');
  });

  test('judges by a pack of one’s own', () => {
    const packs = new Map([['ours', { name: 'ours', policies: { 'liveness-probe': 'warning' as const } }]]);
    expect(chart(withoutLiveness)).toPassPolicies('ours', { packs });
  });

  test('says which packs there are', () => {
    expect(() => expect(chart()).toPassPolicies('goldn')).toThrow(/did you mean "golden"/);
  });
});
