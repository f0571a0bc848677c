import { deepFreeze } from '../core/data';
import type { Problem } from '../core/problem';
import { callGraph, type CallGraph } from '../graph/call-graph';
import type { Platform } from '../platform/profile';
import type { EnvironmentSpec, ServiceSpec } from '../spec/service-spec';
import { specFor } from '../spec/parse-spec';
import type { Context } from './context';
import { Decisions } from './decision';
import { resolveEdges } from './edges';
import type { Images } from './images';
import { resolveOwnFacts } from './own-facts';
import type { OwnFacts, ResolvedService } from './resolved-service';

export interface ResolveInput {
  /** Valid specs by service name. */
  readonly specs: ReadonlyMap<string, ServiceSpec>;
  readonly platform: Platform;
  /** Name of the fleet, the label `part-of`. */
  readonly fleet: string;
  readonly images: Images;
}

export interface Resolved {
  readonly service: ResolvedService;
  /** Rules that the spec breaks. */
  readonly problems: readonly Problem[];
}

/**
 * A fleet in one environment, resolved service by service. The graph is built once; sizes of a service are computed
 * when it or a neighbour needs them, so that looking at one service does not cost the whole fleet.
 */
export class Resolution {
  readonly graph: CallGraph;
  /** Problems of the graph as a whole. */
  readonly graphProblems: readonly Problem[];
  private readonly specs = new Map<string, EnvironmentSpec>();
  private readonly own = new Map<string, { context: Context; facts: OwnFacts }>();
  private readonly resolved = new Map<string, Resolved>();

  constructor(private readonly input: ResolveInput) {
    for (const [name, spec] of input.specs) this.specs.set(name, specFor(spec, input.platform.environment));
    const { graph, problems } = callGraph(this.specs, input.platform);
    this.graph = graph;
    this.graphProblems = problems;
  }

  /** Names in code-point order. */
  get names(): readonly string[] {
    return [...this.graph.nodes.keys()];
  }

  /** One service with every value decided, and the rules that its spec breaks. */
  resolve(name: string): Resolved {
    const known = this.resolved.get(name);
    if (known) return known;
    const { context, facts } = this.ownFacts(name);
    const edges = resolveEdges(context, facts, this.graph, (other) => this.ownFacts(other).facts);
    const service = deepFreeze({ ...facts, ...edges, decisions: context.decisions.all() });
    const resolved = { service, problems: context.problems };
    this.resolved.set(name, resolved);
    return resolved;
  }

  private ownFacts(name: string): { context: Context; facts: OwnFacts } {
    const known = this.own.get(name);
    if (known) return known;
    const context = this.contextOf(name);
    const entry = { context, facts: resolveOwnFacts(context, this.input.images) };
    this.own.set(name, entry);
    return entry;
  }

  private contextOf(name: string): Context {
    const { platform, fleet, specs } = this.input;
    const spec = this.specs.get(name);
    if (!spec) throw new Error(`no service named ${name} was given to resolve`);
    const tier = spec.tier ?? 'standard';
    return {
      name,
      fleet,
      spec,
      kind: spec.kind ?? 'service',
      tier,
      tierSettings: platform.tiers[tier],
      platform,
      zones: platform.zones.length,
      decisions: new Decisions(platform.environment, specs.get(name)?.environments?.[platform.environment]),
      problems: [],
      notes: [],
    };
  }
}
