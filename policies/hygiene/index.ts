import type { Policy } from '../../lib/policy';

export const hygiene: Policy[] = [];
