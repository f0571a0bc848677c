import { isDeepStrictEqual } from 'node:util';
import {
  main,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type Provider,
  type UpdateResult,
} from '@pulumi/pulumi/provider';
import { Api } from './api';
import { nameOf, type KubeObject } from './objects';
import { waitUntil } from './wait';

/**
 * Stands in for the Kubernetes provider of Pulumi where its plugin is not installed: every resource
 * `kubernetes:apps/v1:Deployment` and the like is applied to the API server. It does not wait until a workload is
 * ready, does not know about fields of other owners and names nothing by itself: what is shown through it is our
 * program and the engine, never the real provider.
 *
 * Usage: stand-in-provider.ts KUBECONFIG [--while-stdin-is-open]; prints its port, for
 * PULUMI_DEBUG_PROVIDERS=kubernetes:PORT, or for an engine that has started it as a plugin.
 */
const [kubeconfig = '', whileOpen] = process.argv.slice(2);
const api = Api.fromKubeconfig(kubeconfig);

/** Where Pulumi's marshaller keeps the value of a secret. */
const secretMark = '4dabf18193072939515e22adb298388d';

class StandIn implements Provider {
  readonly version = '0.0.0-testbed';

  check(_urn: string, _olds: unknown, news: KubeObject): Promise<CheckResult> {
    const failures = [];
    if (!news.metadata?.name)
      failures.push({ property: 'metadata.name', reason: 'the stand-in names nothing by itself' });
    return Promise.resolve({ inputs: news, failures });
  }

  diff(_id: string, _urn: string, olds: KubeObject, news: KubeObject): Promise<DiffResult> {
    const before = plain(olds['__inputs']) as KubeObject;
    const after = plain(news) as KubeObject;
    const moved = before.apiVersion !== after.apiVersion || nameOf(before) !== nameOf(after);
    return Promise.resolve({
      changes: !isDeepStrictEqual(before, after),
      replaces: moved ? ['metadata'] : [],
      deleteBeforeReplace: true,
    });
  }

  async create(_urn: string, inputs: KubeObject): Promise<CreateResult> {
    const { namespace, name } = inputs.metadata;
    return { id: namespace ? `${namespace}/${name}` : name, outs: await apply(inputs) };
  }

  async update(_id: string, _urn: string, _olds: unknown, news: KubeObject): Promise<UpdateResult> {
    return { outs: await apply(news) };
  }

  async delete(_id: string, _urn: string, props: KubeObject): Promise<void> {
    const object = plain(props['__inputs']) as KubeObject;
    await api.remove(object, { propagationPolicy: 'Background' });
    await waitUntil(`${nameOf(object)} to be gone`, async () => (await api.find(object)) === undefined);
  }
}

async function apply(inputs: KubeObject): Promise<object> {
  const object = plain(inputs) as KubeObject;
  const { metadata } = await api.apply(object);
  delete metadata.managedFields;
  return { ...object, metadata, __inputs: object };
}

/** The value without the wrapping of secrets. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (secretMark in fields) return plain(fields['value']);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => key !== '__provider')
      .map(([key, one]) => [key, plain(one)]),
  );
}

// It ends with the suite that has started it, however that ends.
if (whileOpen) process.stdin.resume().on('close', () => process.exit(0));
void main(new StandIn(), []);
