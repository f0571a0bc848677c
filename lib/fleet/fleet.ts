import { Construct } from 'constructs';
import { compare } from '../core/canonical';
import { ProblemsError, type Problem } from '../core/problem';
import { REGISTRY, type ServiceDeclaration, type ServiceRegistry } from '../blueprint/declaration';
import { withPosition } from '../blueprint/service-blueprint';
import { BUILT_IN, environmentsOf, platformFor } from '../platform/platform';
import type { Platform, PlatformProfile } from '../platform/profile';
import { Images, type ImagesLock } from '../resolve/images';
import { Resolution } from '../resolve/resolve';
import { specProblems } from '../spec/parse-spec';
import type { ServiceSpec } from '../spec/service-spec';
import { dnsLabel } from '../spec/values';
import { FleetRendering } from './rendering';

export interface FleetProps {
  /** Name of the fleet: the label `app.kubernetes.io/part-of` of every object. */
  readonly name: string;
  /** The platform profile. @default the built-in one: three zones, images pinned by digest, no mesh */
  readonly profile?: PlatformProfile;
}

export interface RenderOptions {
  /** Image references by service, as `images.<env>.lock` holds them. @default none */
  readonly images?: ImagesLock;
  /** What messages call the lock. @default images.<env>.lock */
  readonly imagesName?: string;
  /** Profile to use instead of the fleet's own. @default the fleet's own */
  readonly profile?: PlatformProfile;
}

const FLEET = Symbol.for('golden-path.dev/fleet');

/** The services of a team, a product or a company, rendered together because they call each other. */
export class Fleet extends Construct implements ServiceRegistry {
  readonly [REGISTRY] = true;
  readonly [FLEET] = true;
  readonly name: string;
  readonly profile: PlatformProfile | undefined;
  private readonly declared: ServiceDeclaration[] = [];

  constructor({ name, profile }: FleetProps) {
    super(undefined as unknown as Construct, '');
    this.name = name;
    this.profile = profile;
  }

  /** True across copies of this package, where `instanceof` would not be. */
  static isFleet(value: unknown): value is Fleet {
    return typeof value === 'object' && value !== null && FLEET in value;
  }

  declare(declaration: ServiceDeclaration): string {
    this.declared.push(declaration);
    // Whatever the name is, and however often it comes: that is judged later, together with everything else.
    return `${this.declared.length}-${declaration.name}`;
  }

  get size(): number {
    return this.declared.length;
  }

  /**
   * The fleet in one environment, ready to be rendered service by service.
   *
   * @throws ProblemsError with everything about specs, profile and lock that cannot be used
   */
  in(environment: string, options: RenderOptions = {}): FleetRendering {
    const profile = options.profile ?? this.profile ?? BUILT_IN;
    const platform = platformFor(profile, environment);
    const images = new Images(options.images ?? {}, options.imagesName ?? `images.${environment}.lock`);
    const unusable = this.inputProblems(environmentsOf(profile), images);
    if (unusable.length === 0) return this.rendering(this.declared, platform, images);
    const broken = images.malformed().length === 0 ? this.rulesOfTheRest(unusable, platform, images) : [];
    throw new ProblemsError([...unusable, ...broken]);
  }

  private rendering(declared: readonly ServiceDeclaration[], platform: Platform, images: Images): FleetRendering {
    const specs = new Map<string, ServiceSpec>();
    const locate = new Map<string, ServiceDeclaration['locate']>();
    for (const declaration of [...declared].sort((a, b) => compare(a.name, b.name))) {
      specs.set(declaration.name, declaration.spec as ServiceSpec);
      locate.set(declaration.name, declaration.locate);
    }
    return new FleetRendering(
      new Resolution({ specs, platform, fleet: this.name, images }),
      platform,
      this.name,
      locate,
    );
  }

  /** What the usable services break, so that one unusable value does not hide it until the next run. */
  private rulesOfTheRest(unusable: readonly Problem[], platform: Platform, images: Images): Problem[] {
    const subjects = new Set(unusable.filter(({ kind }) => kind === 'input').map(({ subject }) => subject));
    const usable = this.declared.filter(({ name }) => !subjects.has(name));
    const declared = new Set(this.declared.map(({ name }) => name));
    return this.rendering(usable, platform, images)
      .problems()
      .filter(({ code, got = '' }) => code !== 'unknown-service' || !declared.has(got));
  }

  private inputProblems(environments: readonly string[], images: Images): Problem[] {
    const problems: Problem[] = [];
    const name = dnsLabel.safeParse(this.name);
    if (!name.success) {
      problems.push({
        code: 'invalid-name',
        kind: 'input',
        subject: 'fleet',
        path: 'name',
        message: 'this cannot be the name of a fleet',
        got: JSON.stringify(this.name) ?? 'nothing',
        expected: name.error.issues[0]?.message ?? 'a DNS label',
      });
    }
    if (this.declared.length === 0) {
      problems.push({
        code: 'empty-fleet',
        kind: 'input',
        subject: this.name,
        path: '',
        message: 'the fleet has no services',
        fix: 'declare one with new ServiceBlueprint(fleet, "name", { team, image, ports })',
      });
    }
    const seen = new Map<string, ServiceDeclaration>();
    const containers = new Set<string>();
    for (const declaration of this.declared) {
      const { spec, locate } = declaration;
      const twin = seen.get(declaration.name);
      if (twin) problems.push(withPosition(twinProblem(declaration, twin), locate));
      seen.set(declaration.name, declaration);
      problems.push(
        ...specProblems(declaration.name, spec, environments).map((problem) => withPosition(problem, locate)),
      );
      for (const container of containersOf(declaration)) containers.add(container);
    }
    problems.push(...images.malformed());
    // A misspelt service would make the lock's entry look unused as well: one mistake, one message.
    if (problems.length === 0) problems.push(...images.unused(containers));
    return problems;
  }
}

function twinProblem({ name }: ServiceDeclaration, twin: ServiceDeclaration): Problem {
  const place = twin.locate('');
  return {
    code: 'name-taken',
    kind: 'input',
    subject: name,
    path: '',
    message: 'two services of the fleet have this name',
    ...(place ? { got: `the other one is at ${place.file}:${place.line ?? 1}` } : {}),
    fix: 'rename one of them: the name is part of every address',
  };
}

/** Names under which the images lock may pin an image of this service. */
function containersOf({ name, spec }: ServiceDeclaration): string[] {
  const names = [name];
  const layers = [spec, ...Object.values(mapOf((spec as ServiceSpec | undefined)?.environments))];
  for (const layer of layers as (Partial<ServiceSpec> | undefined)[]) {
    for (const side of [...Object.keys(mapOf(layer?.init)), ...Object.keys(mapOf(layer?.sidecars))])
      names.push(`${name}/${side}`);
  }
  return names;
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
