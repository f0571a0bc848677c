import type { Policy } from '../../lib/policy';

export const networking: Policy[] = [];
