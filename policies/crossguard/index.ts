import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from '@pulumi/policy';
import { PACKS, POLICIES } from '..';
import {
  judgeObject,
  resolvePack,
  World,
  withDefaults,
  type GraphPolicy,
  type ObjectPolicy,
  type Pack,
  type PackedPolicy,
} from '../../lib/policy';
import type { Manifest } from '../../lib/kube/manifest';
import { knownValues } from './known-values';

export interface PolicyPackOptions {
  /** Name under which the engine shows the pack. @default golden-path */
  readonly name?: string;
  /** Our pack that it holds. @default golden */
  readonly pack?: string;
}

/**
 * A pack as Pulumi runs it, from the very same policies: errors are mandatory and stop a preview or an update, warnings
 * and infos are advisory. One-object policies judge each resource before it is registered, graph policies the stack.
 */
export function goldenPolicyPack({ name = 'golden-path', pack = 'golden' }: PolicyPackOptions = {}): PolicyPack {
  return new PolicyPack(name, { policies: crossguardPolicies(pack) });
}

/** The policies of one of our packs. */
export function crossguardPolicies(pack: string): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return crossguardPoliciesOf(resolvePack(pack, PACKS, POLICIES));
}

/** The policies of any pack. */
export function crossguardPoliciesOf({ policies }: Pack): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return policies.map((packed) =>
    packed.policy.type === 'object' ? resourcePolicy(packed, packed.policy) : stackPolicy(packed, packed.policy),
  );
}

function headOf({ policy, severity }: PackedPolicy) {
  return {
    name: policy.id,
    description: policy.title,
    remediationSteps: policy.fix,
    enforcementLevel: severity === 'error' ? ('mandatory' as const) : ('advisory' as const),
  };
}

function resourcePolicy(packed: PackedPolicy, policy: ObjectPolicy): ResourceValidationPolicy {
  return {
    ...headOf(packed),
    validateResource: (args, report) => {
      if (!isManifest(args.type, args.props)) return;
      const { object, hasUnknown, firstRead } = knownValues(args.props);
      const manifest = object as unknown as Manifest;
      // To fill in defaults is to read everything; policies give the same verdict without.
      const verdict = judgeObject(packed, hasUnknown ? manifest : withDefaults(manifest));
      // The engine tells what cannot be known yet, and takes it for no pass.
      const unknown = firstRead();
      if (unknown !== undefined) throw unknown as Error;
      if (verdict === undefined || verdict.outcome === 'pass') return;
      if (verdict.outcome === 'notApplicable') args.notApplicable(policy.applies?.otherwise ?? 'its owner is judged');
      else if (verdict.outcome === 'ruleError') throw new Error(`the policy ${policy.id} failed: ${verdict.error}`);
      else for (const path of verdict.offenders) report(`${path} ${policy.message}`);
    },
  };
}

function stackPolicy(packed: PackedPolicy, policy: GraphPolicy): StackValidationPolicy {
  return {
    ...headOf(packed),
    validateStack: (args, report) => {
      const resources = args.resources.filter(({ type, props }) => isManifest(type, props));
      const known = resources.map(({ props }) => knownValues(props));
      const manifests = known.map(({ object, hasUnknown }) => {
        const manifest = object as unknown as Manifest;
        return hasUnknown ? manifest : withDefaults(manifest);
      });
      const offences = policy.judge(new World(manifests), packed.parameters);
      const unknown = known.map(({ firstRead }) => firstRead()).find((read) => read !== undefined);
      if (unknown !== undefined) throw unknown as Error;
      if (offences === undefined) return args.notApplicable('nothing in the stack is its business');
      for (const { object, path, message } of offences) {
        report(`${path} ${message}`, resources[manifests.indexOf(object)]?.urn);
      }
    },
  };
}

/** Whether a resource is one Kubernetes object, and neither a provider nor a bundle of them. */
function isManifest(type: string, props: Readonly<Record<string, unknown>>): boolean {
  return (
    type.startsWith('kubernetes:') && !type.startsWith('kubernetes:yaml') && 'apiVersion' in props && 'kind' in props
  );
}
