import { Construct } from 'constructs';
import type { ResolvedService } from '../../resolve/resolved-service';
import { access } from './access';
import { autoscaling } from './autoscaling';
import { config } from './config';
import { disruption } from './disruption';
import { network } from './network';
import { tenancy } from './tenancy';
import { migration, scheduledWorkload, workload } from './workload';

interface Part {
  /** Construct id below the service: part of the public contract, like the names of objects. */
  readonly id: string;
  readonly build: (scope: Construct, service: ResolvedService) => void;
}

/**
 * What a service consists of, in the order in which it has to be applied: the namespace before what is in it, a
 * policy before the pods that it protects, configuration before the pods that read it, migration before the workload.
 */
const PARTS: readonly Part[] = [
  { id: 'tenancy', build: tenancy },
  { id: 'access', build: access },
  { id: 'network', build: network },
  { id: 'config', build: config },
  { id: 'migration', build: migration },
  { id: 'workload', build: (scope, service) => (service.cron ? scheduledWorkload : workload)(scope, service) },
  { id: 'autoscaling', build: autoscaling },
  { id: 'disruption', build: disruption },
];

/** Ids of all parts, in order of application; `extra` holds what the spec adds. */
export const PART_IDS = [...PARTS.map(({ id }) => id), 'extra'] as const;

export function buildParts(scope: Construct, service: ResolvedService): void {
  for (const { id, build } of PARTS) build(new Construct(scope, id), service);
}
