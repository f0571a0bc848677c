import { nameOf, type KubeObject, type Reference } from './objects';
import { Transport, type Answer } from './transport';

/** The server refused; `message` is its own sentence, `reason` its word for it (`Invalid`, `Forbidden`, `TooManyRequests`). */
export class ApiError extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(`${what}: ${message}`);
    this.name = 'ApiError';
  }
}

export interface WriteOptions {
  /** Ask for the whole admission and validation, and keep nothing. */
  readonly dryRun?: boolean;
  /** Called with each warning of the server. */
  readonly warn?: (warning: string) => void;
}

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A small client of the Kubernetes API. Objects are plain JSON, every write is validated strictly. */
export class Api {
  /** Resources by apiVersion; asked for once, and again for a kind that was not there the last time. */
  readonly #discovered = new Map<string, Resource[]>();

  constructor(readonly transport: Transport) {}

  static fromKubeconfig(path: string): Api {
    return new Api(Transport.fromKubeconfig(path));
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.transport.send('GET', '/readyz')).status === 200;
    } catch {
      return false;
    }
  }

  async version(): Promise<string> {
    return (this.#accepted('version', await this.transport.send('GET', '/version')) as { gitVersion: string })
      .gitVersion;
  }

  /** Server-side apply as `golden-path`, taking over fields from other managers. */
  async apply<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<T> {
    const query = { ...writeQuery(options), force: 'true' };
    return this.#write(
      'apply',
      object,
      'PATCH',
      await this.pathOf(object),
      query,
      object,
      options,
      'application/apply-patch+yaml',
    );
  }

  async create<T extends KubeObject>(object: T, options: WriteOptions = {}): Promise<T> {
    const path = await this.#collectionOf(object.apiVersion, object.kind, object.metadata.namespace);
    return this.#write('create', object, 'POST', path, writeQuery(options), object, options);
  }

  async get<T extends KubeObject>(reference: Reference): Promise<T> {
    return this.#accepted(
      `get ${nameOf(reference)}`,
      await this.transport.send('GET', await this.pathOf(reference)),
    ) as T;
  }

  /** The object, or undefined when it is not there. */
  async find<T extends KubeObject>(reference: Reference): Promise<T | undefined> {
    try {
      return await this.get<T>(reference);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list<T extends KubeObject>(apiVersion: string, kind: string, options: ListOptions = {}): Promise<T[]> {
    const { namespace, ...query } = options;
    const path = withQuery(await this.#collectionOf(apiVersion, kind, namespace), query);
    const { items } = this.#accepted(`list ${kind}`, await this.transport.send('GET', path)) as { items: T[] };
    // The items of a list do not carry these; everything here that takes an object wants them.
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /** A merge patch: lists are replaced, null removes. */
  async patch<T extends KubeObject>(reference: Reference, patch: object, subresource = ''): Promise<T> {
    const path = `${await this.pathOf(reference)}${subresource && `/${subresource}`}`;
    return this.#write('patch', reference, 'PATCH', path, writeQuery({}), patch, {}, 'application/merge-patch+json');
  }

  /** Asks for the deletion; what is gone already is fine. */
  async remove(reference: Reference, options: object = {}): Promise<void> {
    const answer = await this.transport.send('DELETE', await this.pathOf(reference), options);
    if (answer.status !== 404) this.#accepted(`delete ${nameOf(reference)}`, answer);
  }

  /** The way `kubectl drain` asks: refused with 429 while a PodDisruptionBudget does not allow it. */
  async evict(pod: Reference): Promise<void> {
    const { name, namespace } = pod.metadata;
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    const path = `${await this.pathOf({ ...pod, apiVersion: 'v1', kind: 'Pod' })}/eviction`;
    this.#accepted(`evict ${nameOf(pod)}`, await this.transport.send('POST', path, body));
  }

  async pathOf(reference: Reference): Promise<string> {
    const { apiVersion, kind, metadata } = reference;
    return `${await this.#collectionOf(apiVersion, kind, metadata.namespace)}/${encodeURIComponent(metadata.name)}`;
  }

  /** The path of all objects of a kind, in all namespaces: what a watch asks for. */
  async collectionPath(apiVersion: string, kind: string): Promise<string> {
    return this.#collectionOf(apiVersion, kind);
  }

  async #write<T extends Reference, R extends KubeObject>(
    verb: string,
    object: T,
    method: string,
    path: string,
    query: Record<string, string>,
    body: object,
    options: WriteOptions,
    contentType?: string,
  ): Promise<R> {
    const answer = await this.transport.send(method, withQuery(path, query), body, contentType);
    for (const warning of answer.warnings) options.warn?.(warning);
    return this.#accepted(`${verb} ${nameOf(object)}`, answer) as R;
  }

  async #collectionOf(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const find = (): Resource | undefined => this.#discovered.get(apiVersion)?.find((one) => one.kind === kind);
    if (!find()) this.#discovered.set(apiVersion, await this.#discover(base));
    const resource = find();
    if (!resource)
      throw new ApiError(`${apiVersion} ${kind}`, 404, 'NotFound', 'the API server does not know this kind');
    return `${base}/${resource.namespaced && namespace ? `namespaces/${namespace}/` : ''}${resource.name}`;
  }

  async #discover(base: string): Promise<Resource[]> {
    const answer = await this.transport.send('GET', base);
    if (answer.status !== 200) return [];
    const { resources } = answer.body as { resources: Resource[] };
    return resources.filter((resource) => !resource.name.includes('/'));
  }

  #accepted(what: string, answer: Answer): unknown {
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    const status = answer.body as { reason?: string; message?: string };
    throw new ApiError(what, answer.status, status.reason ?? '', status.message ?? String(answer.body));
  }
}

function writeQuery({ dryRun }: WriteOptions): Record<string, string> {
  return { fieldManager: 'golden-path', fieldValidation: 'Strict', ...(dryRun && { dryRun: 'All' }) };
}

function withQuery(path: string, query: object): string {
  const text = new URLSearchParams(query as Record<string, string>).toString();
  return text ? `${path}?${text}` : path;
}
