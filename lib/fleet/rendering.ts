import { App, Chart } from 'cdk8s';
import { extraProblems, mayCollide } from '../blueprint/extras';
import { buildService, withPosition } from '../blueprint/service-blueprint';
import { PART_IDS } from '../blueprint/parts';
import type { Problem, SourcePosition } from '../core/problem';
import type { Locate } from '../core/source';
import type { CallGraph } from '../graph/call-graph';
import type { Manifest } from '../kube/manifest';
import { render } from '../kube/render';
import type { Platform } from '../platform/profile';
import type { Resolution } from '../resolve/resolve';
import type { ResolvedService } from '../resolve/resolved-service';
import type { ManifestGroup } from './manifest-group';
import { platformObjects } from './platform-objects';

export interface RenderedService {
  readonly service: ResolvedService;
  readonly groups: readonly ManifestGroup[];
}

/** A fleet in one environment. Each service is rendered when it is asked for, and not kept. */
export class FleetRendering {
  constructor(
    private readonly resolution: Resolution,
    readonly platform: Platform,
    readonly fleet: string,
    private readonly locate: ReadonlyMap<string, Locate>,
  ) {}

  /** Names of the services in code-point order. */
  get names(): readonly string[] {
    return this.resolution.names;
  }

  get graph(): CallGraph {
    return this.resolution.graph;
  }

  /** Everything that breaks a rule or does not fit together, over all services or those named. */
  problems(names: readonly string[] = this.names): Problem[] {
    const asked = new Set(names);
    const found = this.resolution.graphProblems.filter(({ subject }) => asked.has(subject));
    for (const name of names) {
      const { service, problems } = this.resolution.resolve(name);
      found.push(...problems);
      // Whether an override finds its object, and an extra a free name, only the objects can tell.
      if (service.overrides.length > 0 || mayCollide(service))
        found.push(...buildService(emptyChart(service), service));
      else found.push(...extraProblems(service));
    }
    return found.map((problem) => withPosition(problem, this.locate.get(problem.subject) ?? (() => undefined)));
  }

  /** Where somebody wrote the service. */
  declaredAt(name: string): SourcePosition | undefined {
    return this.locate.get(name)?.('');
  }

  resolved(name: string): ResolvedService {
    return this.resolution.resolve(name).service;
  }

  service(name: string): RenderedService {
    const service = this.resolved(name);
    const chart = emptyChart(service);
    buildService(chart, service);
    const byPart = new Map<string, Manifest[]>(PART_IDS.map((id) => [id, []]));
    for (const { object, manifest } of render(chart)) {
      const part = object.node.scopes[chart.node.scopes.length]!.node.id;
      byPart.get(part)!.push(manifest);
    }
    const groups = [...byPart].map(([id, manifests], index) => ({
      name: `${String(index * 10).padStart(2, '0')}-${id}`,
      manifests,
    }));
    return { service, groups: groups.filter(({ manifests }) => manifests.length > 0) };
  }

  /** Objects that services share, and a page about what the cluster must offer. */
  platformGroups(): { groups: readonly ManifestGroup[]; operators: string } {
    return platformObjects(
      this.platform,
      this.fleet,
      this.names.map((name) => this.resolved(name)),
    );
  }
}

/** One app for each service: an app over many is quadratic in their number. */
function emptyChart(service: ResolvedService): Chart {
  return new Chart(new App(), service.name, { disableResourceNameHashes: true });
}
