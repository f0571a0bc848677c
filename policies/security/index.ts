import { anonymousBinding } from './anonymous-binding/policy';
import { clusterAdminBinding } from './cluster-admin-binding/policy';
import { defaultServiceAccount } from './default-service-account/policy';
import { imageDigest } from './image-digest/policy';
import { imageRegistry } from './image-registry/policy';
import { imageTag } from './image-tag/policy';
import { podSecurityAppArmor } from './pod-security-app-armor/policy';
import { podSecurityCapabilities } from './pod-security-capabilities/policy';
import { podSecurityCapabilitiesRestricted } from './pod-security-capabilities-restricted/policy';
import { podSecurityHostNamespaces } from './pod-security-host-namespaces/policy';
import { podSecurityHostPath } from './pod-security-host-path/policy';
import { podSecurityHostPorts } from './pod-security-host-ports/policy';
import { podSecurityHostProcess } from './pod-security-host-process/policy';
import { podSecurityLabels } from './pod-security-labels/policy';
import { podSecurityPrivilegeEscalation } from './pod-security-privilege-escalation/policy';
import { podSecurityPrivileged } from './pod-security-privileged/policy';
import { podSecurityProbeHosts } from './pod-security-probe-hosts/policy';
import { podSecurityProcMount } from './pod-security-proc-mount/policy';
import { podSecurityRunAsNonRoot } from './pod-security-run-as-non-root/policy';
import { podSecurityRunAsUser } from './pod-security-run-as-user/policy';
import { podSecuritySeLinux } from './pod-security-se-linux/policy';
import { podSecuritySeccomp } from './pod-security-seccomp/policy';
import { podSecuritySeccompRestricted } from './pod-security-seccomp-restricted/policy';
import { podSecuritySysctls } from './pod-security-sysctls/policy';
import { podSecurityVolumeTypes } from './pod-security-volume-types/policy';
import { rbacCreatePods } from './rbac-create-pods/policy';
import { rbacEscalation } from './rbac-escalation/policy';
import { rbacNodesProxy } from './rbac-nodes-proxy/policy';
import { rbacPodExec } from './rbac-pod-exec/policy';
import { rbacSecrets } from './rbac-secrets/policy';
import { rbacWebhooks } from './rbac-webhooks/policy';
import { rbacWildcards } from './rbac-wildcards/policy';
import { readOnlyRootFilesystem } from './read-only-root-filesystem/policy';
import { runtimeSocket } from './runtime-socket/policy';
import { secretLiterals } from './secret-literals/policy';
import { secretValues } from './secret-values/policy';
import { serviceAccountExists } from './service-account-exists/policy';
import { serviceAccountToken } from './service-account-token/policy';

export const security = [
  anonymousBinding,
  clusterAdminBinding,
  defaultServiceAccount,
  imageDigest,
  imageRegistry,
  imageTag,
  podSecurityAppArmor,
  podSecurityCapabilities,
  podSecurityCapabilitiesRestricted,
  podSecurityHostNamespaces,
  podSecurityHostPath,
  podSecurityHostPorts,
  podSecurityHostProcess,
  podSecurityLabels,
  podSecurityPrivilegeEscalation,
  podSecurityPrivileged,
  podSecurityProbeHosts,
  podSecurityProcMount,
  podSecurityRunAsNonRoot,
  podSecurityRunAsUser,
  podSecuritySeLinux,
  podSecuritySeccomp,
  podSecuritySeccompRestricted,
  podSecuritySysctls,
  podSecurityVolumeTypes,
  rbacCreatePods,
  rbacEscalation,
  rbacNodesProxy,
  rbacPodExec,
  rbacSecrets,
  rbacWebhooks,
  rbacWildcards,
  readOnlyRootFilesystem,
  runtimeSocket,
  secretLiterals,
  secretValues,
  serviceAccountExists,
  serviceAccountToken,
];
