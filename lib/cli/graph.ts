import { formatDuration } from '../core/units';
import { counted } from '../core/text';
import { drawable, type GraphPicture } from '../docs/graph-picture';
import { toDot, toGraphJson, toMermaid, toSvg } from '../docs/graph';
import type { FleetRendering } from '../fleet/rendering';
import type { ResolvedCall } from '../resolve/resolved-service';
import { openProject, type ProjectOptions } from './project-command';
import { writeText } from './output-text';

const FORMATS = { mermaid: toMermaid, dot: toDot, svg: toSvg, json: toGraphJson } as const;

export interface GraphOptions extends ProjectOptions {
  readonly format: keyof typeof FORMATS;
}

/** `golden graph`: the call graph as a picture or as data. Problems of the fleet are shown in it, not in its way. */
export function graph(options: GraphOptions): void {
  const { environment, rendering } = openProject(options);
  const whole = pictureOf(rendering, environment);
  // Data has no largest size; a picture has.
  const { picture, byTeam } = options.format === 'json' ? { picture: whole, byTeam: false } : drawable(whole);
  if (byTeam) process.stderr.write(`${whole.nodes.length} services are too many for one picture; drawn by team\n`);
  writeText(FORMATS[options.format](picture), options.out);
}

function pictureOf(rendering: FleetRendering, environment: string): GraphPicture {
  const findings = new Map<string, string>();
  for (const { subject, path, message } of rendering.problems()) {
    findings.set(`${subject} ${/^calls\.([\w-]+)/.exec(path)?.[1] ?? ''}`.trim(), message);
  }
  const finding = (key: string) => (findings.has(key) ? { finding: findings.get(key)! } : {});
  const services = rendering.names.map((name) => rendering.resolved(name));
  return {
    title: `${rendering.fleet} (${environment})`,
    nodes: services.map(({ name, team, tier, kind, scaling }) => ({
      name,
      team,
      tier,
      kind,
      ...(kind === 'cron'
        ? {}
        : {
            note:
              scaling.min === scaling.max ? counted(scaling.min, 'replica') : `${scaling.min}-${scaling.max} replicas`,
          }),
      ...finding(name),
    })),
    edges: services.flatMap(({ name, calls }) =>
      calls
        .filter(({ callee }) => rendering.graph.nodes.has(callee))
        .map((call) => ({
          from: name,
          to: call.callee,
          label: labelOf(call),
          soft: call.need === 'soft',
          ...finding(`${name} ${call.callee}`),
        })),
    ),
  };
}

function labelOf({ protocol, timeoutMs }: ResolvedCall): string {
  return `${protocol} ${formatDuration(timeoutMs).replace(/(?<=\d)(?=[a-z])/, ' ')}`;
}
