import { readFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What the API server says in `Warning` headers: deprecated versions, Pod Security in warn mode, odd fields. */
  readonly warnings: readonly string[];
}

interface Kubeconfig {
  clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
  users: { user: { token: string } }[];
}

/** HTTPS to one API server, trusting only its own authority. */
export class Transport {
  readonly #agent: Agent;

  private constructor(
    readonly server: URL,
    private readonly token: string,
    authority: Buffer,
  ) {
    this.#agent = new Agent({ ca: authority, keepAlive: true, maxSockets: 16 });
  }

  /** Reads the first cluster and the first user: the testbed writes exactly one of each. */
  static fromKubeconfig(path: string): Transport {
    const config = parse(readFileSync(path, 'utf8')) as Kubeconfig;
    const cluster = config.clusters[0]?.cluster;
    const user = config.users[0]?.user;
    if (!cluster || !user)
      throw new Error(`"${path}" names no cluster or no user: is it the kubeconfig of the testbed?`);
    return new Transport(
      new URL(cluster.server),
      user.token,
      Buffer.from(cluster['certificate-authority-data'], 'base64'),
    );
  }

  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
    const response = await this.#open(method, path, headers, text);
    let answer = '';
    for await (const chunk of response.setEncoding('utf8')) answer += chunk as string;
    const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
    return {
      status: response.statusCode ?? 0,
      body: isJson ? (JSON.parse(answer) as unknown) : answer,
      warnings: warningsOf(response),
    };
  }

  /** The lines of a stream that stays open, until the server ends it or `signal` does. */
  async *lines(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#open('GET', path, {}, undefined, signal);
    let rest = '';
    for await (const chunk of response.setEncoding('utf8')) {
      const parts = (rest + (chunk as string)).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest) yield rest;
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(
    method: string,
    path: string,
    headers: RequestOptions['headers'],
    body?: string,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options: RequestOptions = {
        method,
        agent: this.#agent,
        headers: { ...headers, accept: 'application/json', authorization: `Bearer ${this.token}` },
        ...(signal && { signal }),
      };
      const sent = request(new URL(path, this.server), options, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function warningsOf(response: IncomingMessage): string[] {
  const header = response.headers['warning'] ?? '';
  // `299 - "text"`, several joined by commas.
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}
