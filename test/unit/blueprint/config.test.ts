import { cron, fleetOf, IMAGE, listOf, problemsOf, profileOf, rendered, spec, worker } from '../fleet/fleets';

const env = { LEVEL: 'info', PORT: 8080 };
const files = { '/etc/app.conf': 'a = 1' };
const secrets = { PASSWORD: 'shop/password' };

function names(changes: Parameters<typeof spec>[0]): string[] {
  return listOf(fleetOf({ app: spec(changes) }))
    .filter(({ kind }) => ['ConfigMap', 'ExternalSecret'].includes(kind))
    .map(({ metadata }) => metadata.name);
}

describe('an object of configuration', () => {
  const all = { env, files, secrets };

  test('is named by its content', () => {
    expect(names(all)).toEqual([
      expect.stringMatching(/^app-env-[0-9a-f]{10}$/),
      expect.stringMatching(/^app-files-[0-9a-f]{10}$/),
      expect.stringMatching(/^app-secrets-[0-9a-f]{10}$/),
    ]);
  });

  test.each([
    ['a value', { env: { ...env, LEVEL: 'debug' } }, [0]],
    ['a variable more', { env: { ...env, EXTRA: '' } }, [0]],
    ['a variable less', { env: { LEVEL: 'info' } }, [0]],
    ['the name of a variable', { env: { LEVELS: 'info', PORT: 8080 } }, [0]],
    ['a file', { files: { '/etc/app.conf': 'a = 2' } }, [1]],
    ['the path of a file', { files: { '/etc/app2.conf': 'a = 1' } }, [1]],
    ['the key of a secret', { secrets: { PASSWORD: 'shop/other' } }, [2]],
    ['a member of a secret', { secrets: { PASSWORD: { key: 'shop/password', property: 'x' } } }, [2]],
    ['the same in another order', { env: { PORT: 8080, LEVEL: 'info' } }, []],
    ['the same as text', { env: { LEVEL: 'info', PORT: '8080' } }, []],
    ['the same secret written out', { secrets: { PASSWORD: { key: 'shop/password' } } }, []],
    ['what has nothing to do with it', { resources: { cpu: '1' }, tier: 'best-effort' as const }, []],
  ])('gets another name exactly with another content: %s', (_, changes, changed) => {
    const before = names(all);
    const after = names({ ...all, ...changes });
    expect(after.flatMap((name, index) => (name === before[index] ? [] : [index]))).toEqual(changed);
  });

  test('is not there when there is nothing in it', () => {
    expect(names({})).toEqual([]);
    expect(names({ env: {}, files: {}, secrets: {} })).toEqual([]);
  });

  test('cannot be changed in place, and the pod refers to it by its name', () => {
    const manifests = rendered(spec(all));
    const [envName, filesName, secretsName] = names(all);
    manifests.has('ConfigMap', { immutable: true, metadata: { name: envName }, data: { LEVEL: 'info', PORT: '8080' } });
    manifests.has('ConfigMap', { immutable: true, metadata: { name: filesName }, data: { 'etc_app.conf': 'a = 1' } });
    manifests.has('ExternalSecret', {
      metadata: { name: secretsName },
      spec: {
        refreshInterval: '3600s',
        secretStoreRef: { name: 'platform', kind: 'ClusterSecretStore' },
        target: { name: secretsName, creationPolicy: 'Owner' },
        data: [{ secretKey: 'PASSWORD', remoteRef: { key: 'shop/password' } }],
      },
    });
    manifests.has('Deployment', {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'app',
                envFrom: [{ configMapRef: { name: envName } }],
                env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: secretsName, key: 'PASSWORD' } } }],
                volumeMounts: [{ name: 'files', mountPath: '/etc/app.conf', subPath: 'etc_app.conf', readOnly: true }],
              },
            ],
            volumes: [{ name: 'files', configMap: { name: filesName } }],
          },
        },
      },
    });
  });

  test('keeps two files apart whose paths look the same as keys', () => {
    const both = { '/etc/a/b': 'one', '/etc/a_b': 'two' };
    const data = (rendered(spec({ files: both })).one('ConfigMap') as unknown as { data: Record<string, string> }).data;
    expect(Object.values(data).sort()).toEqual(['one', 'two']);
  });

  test('has keys that Kubernetes takes, however long the path', () => {
    const path = `/${'long-directory/'.repeat(30)}app.conf`;
    const [config] = listOf(fleetOf({ app: spec({ files: { [path]: 'x' } }) })).filter(
      ({ kind }) => kind === 'ConfigMap',
    );
    for (const key of Object.keys(config!.data as object)) expect(key).toMatch(/^(?!\.\.)[-._a-zA-Z0-9]{1,253}$/);
  });

  test('takes no file where an empty directory is mounted: a mount path is unique', () => {
    const both = spec({ files: { '/data': 'x' }, volumes: { '/data': { size: '1Mi' } } });
    expect(problemsOf(both)).not.toEqual([]);
  });
});

describe('directories', () => {
  test('/tmp is always writable, and of the size that is asked for', () => {
    const tmp = (sizeLimit: string) => ({
      spec: { template: { spec: { volumes: [{ emptyDir: { sizeLimit } }] } } },
    });
    rendered(spec()).has('Deployment', tmp('64Mi'));
    rendered(spec({ volumes: { '/tmp': { size: '1Gi' } } })).has('Deployment', tmp('1Gi'));
    rendered(spec(), profileOf({ resources: { tmp: '5Mi' } })).has('Deployment', tmp('5Mi'));
  });

  test('are there in every container of the pod', () => {
    const side = { image: IMAGE };
    const manifests = rendered(
      spec({
        volumes: { '/data': { size: '1Mi', medium: 'memory' } },
        init: { prepare: side },
        sidecars: { agent: side },
      }),
    );
    const mounted = {
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'volume-0', mountPath: '/data' },
      ],
    };
    manifests.has('Deployment', {
      spec: {
        template: {
          spec: {
            containers: [mounted],
            initContainers: [
              { name: 'agent', ...mounted },
              { name: 'prepare', ...mounted },
            ],
            volumes: [{ name: 'volume-0', emptyDir: { sizeLimit: '1Mi', medium: 'Memory' } }],
          },
        },
      },
    });
  });
});

describe('who the pods are', () => {
  test('is a ServiceAccount without a token', () => {
    for (const service of [spec(), worker(), cron()]) {
      const manifests = rendered(service);
      manifests.has('ServiceAccount', {
        metadata: { name: 'app', namespace: 'app' },
        automountServiceAccountToken: false,
      });
      expect(manifests.one('ServiceAccount').metadata).not.toHaveProperty('annotations');
    }
  });

  test('is told to the cloud by the annotations of the profile', () => {
    const identityAnnotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/{identity}', plain: 'yes' };
    rendered(spec({ identity: 'shop-app' }), profileOf({ identityAnnotations })).has('ServiceAccount', {
      metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/shop-app', plain: 'yes' } },
    });
    expect(rendered(spec(), profileOf({ identityAnnotations })).one('ServiceAccount').metadata).not.toHaveProperty(
      'annotations',
    );
  });

  test('is told as it is written, dollar signs too', () => {
    rendered(spec({ identity: "a$$b$'c" }), profileOf({ identityAnnotations: { who: '<{identity}>' } })).has(
      'ServiceAccount',
      {
        metadata: { annotations: { who: "<a$$b$'c>" } },
      },
    );
  });

  test('cannot be told where the profile does not say how', () => {
    expect(problemsOf(spec({ identity: 'shop-app' }))).toMatchObject([
      { code: 'no-identity', path: 'identity', kind: 'rule' },
    ]);
  });

  test('does not keep the team from reading logs and restarting, and nothing more', () => {
    const manifests = rendered(spec(), profileOf({ teamGroup: 'acme:{team}' }));
    manifests.has('RoleBinding', {
      metadata: { name: 'app-owner', namespace: 'app' },
      roleRef: { kind: 'Role', name: 'app-owner' },
      subjects: [{ kind: 'Group', name: 'acme:shop' }],
    });
    const { rules } = manifests.one('Role') as unknown as {
      rules: { resources: string[]; resourceNames?: string[]; verbs: string[] }[];
    };
    expect(rules.filter(({ resources }) => resources.includes('secrets'))).toEqual([]);
    const changing = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
    expect(changing).toEqual([
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['app'], verbs: ['patch'] },
    ]);
    expect(JSON.stringify(rendered(cron()).one('Role'))).not.toContain('patch');
  });
});
