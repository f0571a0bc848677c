import { fieldWhere, objectPolicy } from '../../../lib/policy';
import { kindsOf, minors, type ApiVersions } from '../api-versions';

/** With the version that no longer serves them. */
const REMOVED: ApiVersions = [
  [
    'extensions/v1beta1',
    16,
    {
      DaemonSet: 'daemonsets',
      Deployment: 'deployments',
      NetworkPolicy: 'networkpolicies',
      PodSecurityPolicy: 'podsecuritypolicies',
      ReplicaSet: 'replicasets',
    },
  ],
  [
    'apps/v1beta1',
    16,
    { ControllerRevision: 'controllerrevisions', Deployment: 'deployments', StatefulSet: 'statefulsets' },
  ],
  [
    'apps/v1beta2',
    16,
    {
      ControllerRevision: 'controllerrevisions',
      DaemonSet: 'daemonsets',
      Deployment: 'deployments',
      ReplicaSet: 'replicasets',
      StatefulSet: 'statefulsets',
    },
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    22,
    {
      MutatingWebhookConfiguration: 'mutatingwebhookconfigurations',
      ValidatingWebhookConfiguration: 'validatingwebhookconfigurations',
    },
  ],
  ['apiextensions.k8s.io/v1beta1', 22, { CustomResourceDefinition: 'customresourcedefinitions' }],
  ['apiregistration.k8s.io/v1beta1', 22, { APIService: 'apiservices' }],
  ['certificates.k8s.io/v1beta1', 22, { CertificateSigningRequest: 'certificatesigningrequests' }],
  ['coordination.k8s.io/v1beta1', 22, { Lease: 'leases' }],
  ['extensions/v1beta1', 22, { Ingress: 'ingresses' }],
  ['networking.k8s.io/v1beta1', 22, { Ingress: 'ingresses', IngressClass: 'ingressclasses' }],
  [
    'rbac.authorization.k8s.io/v1alpha1',
    22,
    {
      ClusterRole: 'clusterroles',
      ClusterRoleBinding: 'clusterrolebindings',
      Role: 'roles',
      RoleBinding: 'rolebindings',
    },
  ],
  [
    'rbac.authorization.k8s.io/v1beta1',
    22,
    {
      ClusterRole: 'clusterroles',
      ClusterRoleBinding: 'clusterrolebindings',
      Role: 'roles',
      RoleBinding: 'rolebindings',
    },
  ],
  ['scheduling.k8s.io/v1beta1', 22, { PriorityClass: 'priorityclasses' }],
  [
    'storage.k8s.io/v1beta1',
    22,
    {
      CSIDriver: 'csidrivers',
      CSINode: 'csinodes',
      StorageClass: 'storageclasses',
      VolumeAttachment: 'volumeattachments',
    },
  ],
  ['autoscaling/v2beta1', 25, { HorizontalPodAutoscaler: 'horizontalpodautoscalers' }],
  ['batch/v1beta1', 25, { CronJob: 'cronjobs' }],
  ['discovery.k8s.io/v1beta1', 25, { EndpointSlice: 'endpointslices' }],
  ['events.k8s.io/v1beta1', 25, { Event: 'events' }],
  ['node.k8s.io/v1beta1', 25, { RuntimeClass: 'runtimeclasses' }],
  ['policy/v1beta1', 25, { PodDisruptionBudget: 'poddisruptionbudgets', PodSecurityPolicy: 'podsecuritypolicies' }],
  ['autoscaling/v2beta2', 26, { HorizontalPodAutoscaler: 'horizontalpodautoscalers' }],
  [
    'flowcontrol.apiserver.k8s.io/v1beta1',
    26,
    { FlowSchema: 'flowschemas', PriorityLevelConfiguration: 'prioritylevelconfigurations' },
  ],
  ['storage.k8s.io/v1beta1', 27, { CSIStorageCapacity: 'csistoragecapacities' }],
  [
    'flowcontrol.apiserver.k8s.io/v1beta2',
    29,
    { FlowSchema: 'flowschemas', PriorityLevelConfiguration: 'prioritylevelconfigurations' },
  ],
  [
    'admissionregistration.k8s.io/v1alpha1',
    32,
    {
      ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
      ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
    },
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    32,
    { FlowSchema: 'flowschemas', PriorityLevelConfiguration: 'prioritylevelconfigurations' },
  ],
  [
    'admissionregistration.k8s.io/v1beta1',
    34,
    {
      ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
      ValidatingAdmissionPolicyBinding: 'validatingadmissionpolicybindings',
    },
  ],
];

export const removedApiVersion = objectPolicy({
  id: 'removed-api-version',
  category: 'hygiene',
  title: 'No object is of an API version that the cluster no longer has',
  kinds: kindsOf(REMOVED),
  parameters: { minor: 34 },
  variables: { removed: minors(REMOVED), version: 'object.apiVersion + " " + object.kind' },
  offenders: fieldWhere(
    'variables.version in variables.removed && variables.removed[variables.version] <= variables.minor',
    'apiVersion',
  ),
  message: 'is an API version that the cluster no longer has: the object is refused',
  fix: 'use the stable version of the kind; the migration guide tells what has changed with it',
});
