/** As the documentation says it, with the build in the place of the package. */
require('../../../../build/policies/crossguard').goldenPolicyPack({ pack: 'golden' });
