import { createColors } from 'picocolors';

/** Colours for one stream: only where a person looks at it, and never against their wish. */
export function colorsFor(stream: NodeJS.WriteStream): ReturnType<typeof createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return createColors(true);
  return createColors(stream.isTTY === true && !NO_COLOR && FORCE_COLOR !== '0' && TERM !== 'dumb');
}

/** A line on the terminal that is overwritten as work goes on; silent where nobody watches. */
export class Progress {
  private shownAt = 0;
  private readonly visible: boolean;

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.visible = stream.isTTY === true;
  }

  /** Ten times a second is as fast as anybody reads. */
  step(done: number): void {
    if (!this.visible) return;
    const now = Date.now();
    if (now - this.shownAt < 100) return;
    this.shownAt = now;
    this.stream.write(`\r\x1b[K${this.what} ${done}/${this.total}`);
  }

  clear(): void {
    if (this.visible && this.shownAt > 0) this.stream.write('\r\x1b[K');
  }
}
