import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { PACKS, POLICIES } from '../../policies';
import { ServiceBlueprint } from '../blueprint/service-blueprint';
import { check, type CheckedManifest } from '../check/check';
import type { Manifest } from '../kube/manifest';
import { resolvePack, type PackFile } from '../policy/pack';
import { pretty } from '../report/pretty';
import { exitCode } from '../report/report';

export interface PolicyOptions {
  /** Packs beside ours, by the names under which they can be asked for. @default none */
  readonly packs?: ReadonlyMap<string, PackFile>;
}

/** What a jest matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Judges a chart, any other construct, or a list of manifests by a pack. Errors fail, warnings do not; the message shows
 * all findings, as `golden check` does.
 *
 * @throws ProblemsError for a pack that does not exist
 */
export function toPassPolicies(
  received: IConstruct | readonly Manifest[],
  pack = 'golden',
  { packs = new Map() }: PolicyOptions = {},
): MatcherResult {
  const manifests = 'node' in received ? manifestsOf(received) : received.map((manifest) => ({ manifest }));
  const report = check(
    { sets: [{ manifests }], problems: [], notes: [] },
    {
      version: '',
      pack: resolvePack(pack, new Map([...PACKS, ...packs]), POLICIES),
      // Without waivers the day decides nothing.
      today: '1970-01-01',
      complete: false,
    },
  );
  return {
    pass: report.objects > 0 && exitCode(report) === 0,
    message: () =>
      report.objects === 0 ? 'there are no objects to judge' : `expected pack ${pack} to be kept\n\n${pretty(report)}`,
  };
}

/** Objects of a construct, each with the blueprint that made it. */
function manifestsOf(construct: IConstruct): CheckedManifest[] {
  return construct.node
    .findAll()
    .filter((child) => ApiObject.isApiObject(child))
    .map((object) => {
      const blueprint = object.node.scopes.find((scope) => scope instanceof ServiceBlueprint);
      const causedBy = blueprint?.declaredAt;
      return { manifest: object.toJson() as Manifest, ...(causedBy === undefined ? {} : { causedBy }) };
    });
}
