import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api';
import type { KubeObject } from './objects';

interface Event {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject;
}

/** All objects of one kind, kept up to date by a watch: what the controllers of Kubernetes call an informer. */
export class Watch<T extends KubeObject> {
  readonly objects = new Map<string, T>();
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly api: Api,
    private readonly apiVersion: string,
    private readonly kind: string,
    private readonly changed: (object: T) => void = () => undefined,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Lists, then follows the changes; starts again when the server ends the stream or has forgotten the version. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const path = await this.api.collectionPath(this.apiVersion, this.kind);
        const version = await this.#list(path);
        const query = `watch=true&resourceVersion=${version}&allowWatchBookmarks=true`;
        for await (const line of this.api.transport.lines(`${path}?${query}`, signal)) {
          if (!this.#follow(JSON.parse(line) as Event)) break;
        }
      } catch {
        // The server is starting, stopping or gone; whoever stops it stops the watch as well.
        if (!signal.aborted) await sleep(500);
      }
    }
  }

  async #list(path: string): Promise<string> {
    const answer = await this.api.transport.send('GET', path);
    if (answer.status !== 200) throw new Error(`list of ${this.kind}: ${answer.status}`);
    const list = answer.body as { metadata: { resourceVersion: string }; items: T[] };
    this.objects.clear();
    for (const item of list.items) this.#keep({ ...item, apiVersion: this.apiVersion, kind: this.kind });
    return list.metadata.resourceVersion;
  }

  #follow(event: Event): boolean {
    if (event.type === 'ERROR') return false;
    if (event.type === 'DELETED') this.objects.delete(event.object.metadata.uid ?? '');
    if (event.type === 'ADDED' || event.type === 'MODIFIED') this.#keep(event.object as T);
    return true;
  }

  #keep(object: T): void {
    this.objects.set(object.metadata.uid ?? '', object);
    this.changed(object);
  }
}
