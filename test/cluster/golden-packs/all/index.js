const { PolicyPack } = require('@pulumi/policy');
const { POLICIES } = require('../../../../build/policies');
const { crossguardPoliciesOf } = require('../../../../build/policies/crossguard');

/** Every one-object policy as advice, so that one preview tells of every good and bad file at once. */
const policies = POLICIES.filter(({ type }) => type === 'object').map((policy) => ({
  policy,
  severity: 'warning',
  parameters: policy.parameters ?? {},
}));

new PolicyPack('all', { policies: crossguardPoliciesOf({ name: 'all', policies }) });
