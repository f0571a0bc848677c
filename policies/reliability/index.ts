import { livenessProbe } from './liveness-probe/policy';

export const reliability = [livenessProbe];
