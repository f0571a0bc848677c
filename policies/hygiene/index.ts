import type { Policy } from '../../lib/policy';
import { containerPortNames } from './container-port-names/policy';
import { defaultNamespace } from './default-namespace/policy';
import { deprecatedAnnotations } from './deprecated-annotations/policy';
import { deprecatedApiVersion } from './deprecated-api-version/policy';
import { deprecatedNodeLabels } from './deprecated-node-labels/policy';
import { duplicateEnv } from './duplicate-env/policy';
import { imagePullPolicy } from './image-pull-policy/policy';
import { labelValues } from './label-values/policy';
import { ownerLabel } from './owner-label/policy';
import { recommendedLabels } from './recommended-labels/policy';
import { removedApiVersion } from './removed-api-version/policy';
import { tierLabel } from './tier-label/policy';

export const hygiene: Policy[] = [
  containerPortNames,
  defaultNamespace,
  deprecatedAnnotations,
  deprecatedApiVersion,
  deprecatedNodeLabels,
  duplicateEnv,
  imagePullPolicy,
  labelValues,
  ownerLabel,
  recommendedLabels,
  removedApiVersion,
  tierLabel,
];
