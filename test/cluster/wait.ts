import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout?: number;
  readonly interval?: number;
  /** Called at every look; throws when waiting longer makes no sense. */
  readonly meanwhile?: () => void;
}

type Nothing = false | '' | undefined | null;
type Awaitable<T> = T | Promise<T>;

/**
 * Looks again and again until `look` gives something true, and returns it. `what` completes the sentence "gave up
 * waiting for ...", and may say what was seen last. An error of `look` ends the waiting: what may be missing for a while must be looked for with `find`.
 */
export async function waitUntil<T>(
  what: string | (() => string),
  look: () => Awaitable<T | Nothing>,
  { timeout = 60_000, interval = 100, meanwhile }: WaitOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    meanwhile?.();
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline)
      throw new Error(`gave up waiting for ${typeof what === 'string' ? what : what()} after ${timeout / 1000} s`);
    await sleep(interval);
  }
}
