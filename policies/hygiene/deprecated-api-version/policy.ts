import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kindsOf, minors, type ApiVersions } from '../api-versions';

/** With the version since which they are deprecated. */
const DEPRECATED: ApiVersions = [
  ['v1', 19, { ComponentStatus: 'componentstatuses' }],
  ['v1', 33, { Endpoints: 'endpoints' }],
  ['networking.k8s.io/v1beta1', 34, { IPAddress: 'ipaddresses', ServiceCIDR: 'servicecidrs' }],
  ['storage.k8s.io/v1beta1', 34, { VolumeAttributesClass: 'volumeattributesclasses' }],
];

export const deprecatedApiVersion = objectPolicy({
  id: 'deprecated-api-version',
  category: 'hygiene',
  title: 'No object is of an API version that is deprecated',
  kinds: kindsOf(DEPRECATED),
  parameters: { minor: 34 },
  variables: { deprecated: minors(DEPRECATED), version: 'object.apiVersion + " " + object.kind' },
  offenders: fieldWhere(
    'variables.version in variables.deprecated && variables.deprecated[variables.version] <= variables.minor',
    'apiVersion',
  ),
  message: 'is deprecated: a later version of Kubernetes will refuse the object',
  fix: 'use what has taken its place, such as EndpointSlice for Endpoints',
});
