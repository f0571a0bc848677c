// needs: crds
import type { Api } from '../api';
import { installCrds, operators } from '../crds';
import type { KubeObject } from '../objects';
import { refusal } from '../samples';
import { connect, makeNamespace } from '../suite';

const api: Api = connect();
const namespace = 'crds';

beforeAll(() => makeNamespace(api, namespace));

afterAll(() => api.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));

/** A kind of each operator that we write or may write: when an operator renames it, this is where it shows. */
const kinds: Record<(typeof operators)[number], string> = {
  'argo-rollouts': 'rollouts.argoproj.io',
  'cert-manager': 'certificates.cert-manager.io',
  'chaos-mesh': 'networkchaos.chaos-mesh.org',
  'cloudnative-pg': 'clusters.postgresql.cnpg.io',
  'external-secrets': 'externalsecrets.external-secrets.io',
  'gateway-api': 'httproutes.gateway.networking.k8s.io',
  istio: 'virtualservices.networking.istio.io',
  keda: 'scaledobjects.keda.sh',
  'prometheus-operator': 'prometheusrules.monitoring.coreos.com',
};

test.each(operators)('the definitions of %s are served', async (operator) => {
  const definitions = await installCrds(api, operator);
  expect(definitions.map(({ metadata }) => metadata.name)).toContain(kinds[operator]);
});

describe('an object of an operator', () => {
  const scaledObject = (spec: object): KubeObject => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'queue', namespace },
    spec: { scaleTargetRef: { name: 'worker' }, triggers: [{ type: 'cpu', metadata: { value: '60' } }], ...spec },
  });

  beforeAll(() => installCrds(api, 'keda', 'external-secrets'));

  test('is accepted when it is right', async () => {
    const stored = await api.apply<KubeObject>(scaledObject({ minReplicaCount: 3 }));
    expect(stored['spec']).toMatchObject({ minReplicaCount: 3 });
  });

  test('is refused for an unknown field and for a wrong type', async () => {
    const unknown = await refusal(api.apply(scaledObject({ minReplicas: 3 }), { dryRun: true }));
    expect(unknown.message).toContain('.spec.minReplicas: field not declared in schema');
    const wrong = await refusal(api.create(scaledObject({ minReplicaCount: 'three' }), { dryRun: true }));
    expect(wrong.message).toContain('spec.minReplicaCount: Invalid value: "string"');
  });

  test('gets its defaults from the definition', async () => {
    const secret = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'keys', namespace },
      spec: { secretStoreRef: { name: 'vault' }, data: [{ secretKey: 'key', remoteRef: { key: 'path' } }] },
    };
    const stored = await api.create<KubeObject>(secret, { dryRun: true });
    expect(stored['spec']).toMatchObject({ target: { creationPolicy: 'Owner', deletionPolicy: 'Retain' } });
  });
});
