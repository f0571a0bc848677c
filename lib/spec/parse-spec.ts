import { copied, formatPath, isRecord, overlaid } from '../core/data';
import { nearMiss } from '../core/near-miss';
import type { Problem } from '../core/problem';
import { notAMap, schemaProblems, shapeProblems } from '../core/schema-problems';
import { secretProblems } from './literal-secrets';
import { serviceName } from './values';
import { serviceSpec, type EnvironmentSpec, type ServiceSpec } from './service-spec';

/** Security settings that other tools offer as switches. They are invariants here, so asking gets an answer. */
const LOCKED = [
  'runAsNonRoot',
  'readOnlyRootFilesystem',
  'allowPrivilegeEscalation',
  'privileged',
  'capabilities',
  'seccompProfile',
];

/** All problems of one spec as it was written, over all its environments. */
export function specProblems(name: string, spec: unknown, environments: readonly string[]): Problem[] {
  const named = nameProblems(name);
  if (!isRecord(spec)) return [...named, notAMap(spec, name)];
  const shape = shapeProblems(spec, { subject: name });
  if (shape.length > 0) return [...named, ...shape];
  const problems = schemaProblems(serviceSpec, spec, { subject: name }).map(explainLocked);
  return [...named, ...problems, ...environmentProblems(name, spec, environments), ...secretProblems(name, spec)];
}

/** A valid spec as it holds in one environment; a copy, since whoever wrote it may go on using theirs. */
export function specFor(spec: ServiceSpec, environment: string): EnvironmentSpec {
  const { environments, ...own } = spec;
  const overlay = environments?.[environment];
  const merged = copied(overlaid(own, overlay)) as EnvironmentSpec;
  // Two kinds of check merged key by key would be neither.
  for (const probe of ['readiness', 'liveness'] as const) {
    const check = overlay?.probes?.[probe]?.check;
    if (check !== undefined) merged.probes![probe]!.check = copied(check);
  }
  return merged;
}

function nameProblems(name: string): Problem[] {
  const result = serviceName.safeParse(name);
  if (result.success) return [];
  return [
    {
      code: 'invalid-name',
      kind: 'input',
      subject: name,
      path: '',
      message: `${JSON.stringify(name)} cannot be the name of a service`,
      expected: result.error.issues[0]?.message ?? 'a DNS label',
    },
  ];
}

function explainLocked(problem: Problem): Problem {
  const key = /(?:^|\.)security\.(\w+)$/.exec(problem.path)?.[1];
  if (problem.code !== 'unknown-key' || key === undefined || !LOCKED.includes(key)) return problem;
  return {
    ...problem,
    code: 'locked',
    kind: 'rule',
    message: `${JSON.stringify(key)} is an invariant of the golden path and no knob (Pod Security "restricted")`,
    expected: 'nothing: it is always set to the safe value',
    fix: 'where there is no other way, use overrides with a reason; it will be listed in every report',
  };
}

function environmentProblems(name: string, spec: Record<string, unknown>, known: readonly string[]): Problem[] {
  if (!isRecord(spec.environments)) return [];
  return Object.keys(spec.environments)
    .filter((environment) => !known.includes(environment))
    .map((environment) => {
      const near = nearMiss(environment, known);
      return {
        code: 'unknown-environment',
        kind: 'input',
        subject: name,
        path: formatPath(['environments', environment]),
        message: 'the profile does not know this environment',
        got: environment,
        expected: `one of ${known.join(', ')}`,
        fix:
          near === undefined
            ? 'remove it, or add the environment to the profile'
            : `did you mean ${JSON.stringify(near)}`,
      };
    });
}
