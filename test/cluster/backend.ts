import { createServer, type Server, type ServerResponse } from 'node:http';

export type Behaviour = (response: ServerResponse) => void;

export const fine: Behaviour = (response) => void response.end('fine');
export const broken: Behaviour = (response) => void response.writeHead(503).end('broken');
export const slow =
  (milliseconds: number): Behaviour =>
  (response) => {
    const timer = setTimeout(() => response.end('late'), milliseconds);
    // The caller has lost its patience.
    response.on('close', () => clearTimeout(timer));
  };

/** A server on an address of its own, with a behaviour that a test changes while it runs and a count of its requests. */
export class Backend {
  behaviour: Behaviour = fine;
  requests = 0;
  readonly #server: Server;

  constructor(
    readonly address: string,
    readonly port: number,
  ) {
    this.#server = createServer((_request, response) => {
      this.requests += 1;
      response.setHeader('x-backend', address);
      this.behaviour(response);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.port, this.address, resolve);
    });
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
