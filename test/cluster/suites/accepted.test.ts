import type { Api } from '../api';
import { applyAll, changedByServer, changedBySecondApply, environments, removeAll, renderedFleet } from '../fleet';
import { nameOf, type KubeObject } from '../objects';
import { connect } from '../suite';

/** What we render is taken by the API server as it is, with strict validation and every default admission on. */
const api: Api = connect();

describe.each(environments)('the reference fleet in %s', (environment) => {
  let objects: KubeObject[];
  const warnings: string[] = [];

  beforeAll(() => {
    objects = renderedFleet(environment);
  });

  afterAll(() => removeAll(api, objects));

  test('has objects of every service', () => {
    const workloads = objects.filter(({ kind }) => kind === 'Deployment');
    expect(workloads.length).toBeGreaterThan(10);
  });

  test('is applied without a refusal and without a warning', async () => {
    await applyAll(api, objects, (warning) => warnings.push(warning));
    expect(warnings).toEqual([]);
  });

  test('is stored as it was written: the server changes no value that we give', async () => {
    expect(await changedByServer(api, objects)).toEqual([]);
  });

  test('is applied a second time without a change', async () => {
    expect(await changedBySecondApply(api, objects)).toEqual([]);
  });

  test('enforces Pod Security restricted in every namespace that runs pods', () => {
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
    const lax = namespaces.filter(
      ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted',
    );
    expect(lax.map(nameOf)).toEqual([]);
  });
});
