import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { throwIfAny, type Problem, type SourcePosition } from '../core/problem';
import { callSite, type Locate } from '../core/source';
import { BUILT_IN, environmentsOf, platformFor } from '../platform/platform';
import type { PlatformProfile } from '../platform/profile';
import { Images } from '../resolve/images';
import { Resolution } from '../resolve/resolve';
import type { ResolvedService } from '../resolve/resolved-service';
import { specProblems } from '../spec/parse-spec';
import type { ServiceSpec } from '../spec/service-spec';
import { isServiceRegistry } from './declaration';
import { addExtras } from './extras';
import { applyOverrides } from './overrides';
import { buildParts } from './parts';

/** A chart has no images lock to pin digests in, so here a tag is enough. */
const CHART_PROFILE: PlatformProfile = { ...BUILT_IN, images: { pin: 'tag' } };

/**
 * Everything that keeps one service alive, derived from what its team declares.
 *
 * In a {@link Fleet} it only registers; the fleet renders it, with the platform profile of an environment and with
 * both ends of every call known. In any other cdk8s chart it is a fleet of one: it renders at once for production by
 * the built-in profile, and each call says with `at` where the callee is.
 *
 * @throws ProblemsError (in a chart) with everything that is wrong with the spec
 */
export class ServiceBlueprint extends Construct {
  /** Every number decided; undefined in a fleet, where numbers depend on the environment. */
  readonly resolved: ResolvedService | undefined;

  /** Where somebody wrote `new ServiceBlueprint`, as far as that is known; what its findings point at. */
  readonly declaredAt: SourcePosition | undefined;

  constructor(scope: Construct, id: string, props: ServiceSpec) {
    const position = callSite(ServiceBlueprint);
    const locate: Locate = () => position;
    super(scope, isServiceRegistry(scope) ? scope.declare({ name: id, spec: props, locate }) : id);
    this.declaredAt = position;
    if (!isServiceRegistry(scope)) this.resolved = renderAlone(this, id, props, locate);
  }
}

function renderAlone(scope: Construct, name: string, spec: ServiceSpec, locate: Locate): ResolvedService {
  const located = (problems: readonly Problem[]) => problems.map((problem) => withPosition(problem, locate));
  throwIfAny(located(specProblems(name, spec, environmentsOf(CHART_PROFILE))));
  const resolution = new Resolution({
    specs: new Map([[name, spec]]),
    platform: platformFor(CHART_PROFILE, 'prod'),
    fleet: labelValue(Chart.of(scope).node.id),
    images: new Images({}, 'the images lock'),
  });
  const { service, problems } = resolution.resolve(name);
  throwIfAny(located([...resolution.graphProblems, ...problems]));
  throwIfAny(located(buildService(scope, service)));
  return service;
}

/** A chart may have any id; a label may not have any value. */
function labelValue(id: string): string {
  const value = id
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return value === '' ? 'chart' : value;
}

/** All objects of a service below `scope`; the answer is what its overrides and extras got wrong. */
export function buildService(scope: Construct, service: ResolvedService): Problem[] {
  buildParts(scope, service);
  return [...addExtras(scope, service), ...applyOverrides(scope, service)];
}

/** The problem with the place where somebody wrote what it is about. */
export function withPosition(problem: Problem, locate: Locate): Problem {
  if (problem.at) return problem;
  const at = locate(problem.path);
  return at ? { ...problem, at } : problem;
}
