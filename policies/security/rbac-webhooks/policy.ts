import { objectPolicy } from '../../../lib/policy';
import { grants, ROLES, rulesWhere } from '../rbac';

export const rbacWebhooks = objectPolicy({
  id: 'rbac-webhooks',
  category: 'security',
  title: 'Roles do not write webhook configurations',
  kinds: ROLES,
  offenders: rulesWhere(
    grants(
      'admissionregistration.k8s.io',
      ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
      ['create', 'update', 'patch', 'delete', 'deletecollection'],
    ),
  ),
  message: 'grant writing webhook configurations: a webhook reads and changes every object of the cluster',
  fix: 'leave webhooks to the platform; reading them is harmless',
});
