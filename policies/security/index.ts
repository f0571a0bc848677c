import type { Policy } from '../../lib/policy';

export const security: Policy[] = [];
