import { deepFreeze, isRecord, overlaid } from '../core/data';
import { nearMiss } from '../core/near-miss';
import { throwIfAny, type Problem } from '../core/problem';
import { notAMap, schemaProblems } from '../core/schema-problems';
import { platformBase, platformProfile, type Platform, type PlatformProfile } from './profile';

/** Problems of a profile as it was written. */
export function profileProblems(profile: unknown, subject = 'profile'): Problem[] {
  if (!isRecord(profile)) return [notAMap(profile, subject)];
  return schemaProblems(platformProfile, profile, { subject });
}

/** Names of the environments that a valid profile knows, in the order written. */
export function environmentsOf(profile: PlatformProfile): string[] {
  return Object.keys(profile.environments ?? BUILT_IN.environments ?? {});
}

/**
 * The profile as it holds in one environment: defaults, under the profile, under its overlay for that environment.
 * Throws a ProblemsError when the profile is invalid or does not know the environment.
 */
export function platformFor(profile: PlatformProfile, environment: string): Platform {
  throwIfAny(profileProblems(profile));
  const { environments, ...own } = profile;
  const known = environmentsOf(profile);
  if (!known.includes(environment)) {
    const near = nearMiss(environment, known);
    throwIfAny([
      {
        code: 'unknown-environment',
        kind: 'input',
        subject: 'profile',
        path: 'environments',
        message: 'the profile does not know this environment',
        got: environment,
        expected: `one of ${known.join(', ')}`,
        fix: near === undefined ? `add ${environment} under environments in the profile` : `did you mean ${near}`,
      },
    ]);
  }
  const overlay = isRecord(environments) ? environments[environment] : undefined;
  const settled = platformBase.parse(overlaid(own, overlay));
  throwIfAny(platformProblems(settled, environment));
  return deepFreeze({ ...settled, environment });
}

/** Choices that do not go together, whatever the services are. */
function platformProblems({ mesh }: Pick<Platform, 'mesh'>, environment: string): Problem[] {
  if (mesh === false || mesh.cni) return [];
  return [
    {
      code: 'mesh-needs-cni',
      kind: 'rule',
      subject: 'profile',
      path: 'mesh.cni',
      message: `in ${environment} the sidecar would set up its own network rules, which Pod Security "restricted" forbids`,
      got: 'false',
      expected: 'true, with Istio CNI on every node',
      fix: 'install Istio CNI and set mesh.cni: true',
    },
  ];
}

/** The profile of a fleet that names none: three zones, digests demanded, no mesh. */
export const BUILT_IN: PlatformProfile = deepFreeze({ environments: { dev: {}, staging: {}, prod: {} } });
