import { nearMiss } from '../core/near-miss';
import type { Problem } from '../core/problem';
import { imageReference } from '../spec/values';
import { broken, type Context } from './context';

/** What `images.<env>.lock` holds: image references by service, or by `<service>/<container>`. */
export type ImagesLock = Readonly<Record<string, string>>;

interface Reference {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function parseImage(text: string): Reference {
  const [rest, digest] = text.split('@') as [string, string | undefined];
  const colon = rest.lastIndexOf(':');
  const tagged = colon > rest.lastIndexOf('/');
  return { repository: tagged ? rest.slice(0, colon) : rest, tag: tagged ? rest.slice(colon + 1) : undefined, digest };
}

/** The image of each container: the lock's entry before the spec's own pin. */
export class Images {
  constructor(
    private readonly lock: ImagesLock,
    private readonly lockName: string,
  ) {}

  /** Entries that no container of the fleet asks for: a misspelt name would otherwise do nothing, silently. */
  unused(known: ReadonlySet<string>): Problem[] {
    return Object.keys(this.lock)
      .filter((entry) => !known.has(entry))
      .map((entry) => {
        const near = nearMiss(entry, known);
        return {
          code: 'unknown-lock-entry',
          kind: 'input',
          subject: this.lockName,
          path: entry,
          message: 'no container of the fleet has this name',
          got: entry,
          fix: near === undefined ? 'remove the line' : `did you mean ${JSON.stringify(near)}`,
        };
      });
  }

  /** Lines that are no image reference. */
  malformed(): Problem[] {
    return Object.entries(this.lock).flatMap(([entry, reference]) => {
      const result = imageReference.safeParse(reference);
      if (result.success) return [];
      return [
        {
          code: 'invalid-value',
          kind: 'input',
          subject: this.lockName,
          path: entry,
          message: 'the value does not fit',
          got: JSON.stringify(reference) ?? 'nothing',
          expected: result.error.issues[0]?.message ?? 'an image reference',
        },
      ];
    });
  }

  resolve(context: Context, entry: string, written: string, path: string): string {
    const own = parseImage(written);
    const locked = Object.hasOwn(this.lock, entry) ? this.lock[entry] : undefined;
    const reference = locked === undefined ? own : parseImage(locked);
    if (locked !== undefined && reference.repository !== own.repository) {
      broken(context, {
        code: 'lock-of-another-image',
        path,
        message: `${this.lockName} pins an image of another repository for ${entry}`,
        got: locked,
        expected: `${own.repository} with a tag or digest`,
        fix: 'correct the lock, or the image in the spec',
      });
    }
    const image = locked ?? written;
    this.judge(context, entry, reference, image, path);
    context.decisions.record(
      path,
      image,
      'spec',
      locked === undefined
        ? 'as written in the spec'
        : `pinned by ${this.lockName}: a promotion copies the lock, a rollback brings the previous one back`,
    );
    return image;
  }

  private judge(
    context: Context,
    entry: string,
    { repository, tag, digest }: Reference,
    image: string,
    path: string,
  ): void {
    const { pin, allowTags, registries } = context.platform.images;
    if (registries.length > 0 && !registries.some((prefix) => within(repository, prefix))) {
      broken(context, {
        code: 'registry-not-allowed',
        path,
        message: 'the profile does not allow images from there',
        got: repository,
        expected: `one of ${registries.join(', ')}`,
        fix: 'copy the image to an allowed registry',
      });
    }
    if (digest !== undefined) return;
    const tagSuffices = pin === 'tag' || allowTags.some((allowed) => within(repository, allowed));
    const addTo = `add a line "${entry}: ${repository}@sha256:..." to ${this.lockName}`;
    if (!tagSuffices) {
      broken(context, {
        code: 'image-not-pinned',
        path,
        message: 'the image is not pinned by digest, so what runs can change without a deployment',
        got: image,
        expected: `${repository}@sha256:...`,
        fix: addTo,
      });
    } else if (tag === undefined || tag === 'latest') {
      broken(context, {
        code: 'image-not-pinned',
        path,
        message: 'the image has no tag that stands for one version',
        got: image,
        expected: `${repository}:<version> or ${repository}@sha256:...`,
        fix: addTo,
      });
    } else if (pin === 'digest') {
      context.notes.push(`${image} is pinned by tag only: the profile’s images.allowTags permits it`);
    }
  }
}

/** Whether a repository is `place` or below it; `ghcr.io/ac` is not the beginning of `ghcr.io/acme`. */
function within(repository: string, place: string): boolean {
  return repository === place || repository.startsWith(place.endsWith('/') ? place : `${place}/`);
}
