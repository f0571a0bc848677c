import { canonicalJson } from '../../core/canonical';
import type { Intent } from '../intent-schema';
import type { ResolvedService } from '../../resolve/resolved-service';

const INTENT_ANNOTATION = 'golden-path.dev/intent';

/**
 * Facts that no manifest carries, on the workload's own metadata: on the pod template a changed fact would restart
 * every pod.
 */
export function intent(service: ResolvedService): Record<string, string> {
  const { traffic, slo } = service;
  const facts: Intent = {
    version: 1,
    tier: service.tier,
    kind: service.kind,
    ...(traffic.peakRps === null ? {} : { peakRps: traffic.peakRps }),
    ...(traffic.rpsPerPod === null ? {} : { rpsPerPod: traffic.rpsPerPod }),
    ...(traffic.p99Ms === null ? {} : { p99Ms: traffic.p99Ms }),
    ...(slo === null ? {} : { slo }),
    drainSeconds: service.shutdown.drain,
    calls: Object.fromEntries(
      service.calls.map(({ callee, host, port, timeoutMs, idempotent, need, fallback }) => [
        callee,
        { host, port, timeoutMs, idempotent, need, ...(fallback === null ? {} : { fallback }) },
      ]),
    ),
    external: Object.fromEntries(
      service.externals.map(({ host, port, timeoutMs, need, fallback }) => [
        host,
        { port, timeoutMs, need, ...(fallback === null ? {} : { fallback }) },
      ]),
    ),
  };
  return { [INTENT_ANNOTATION]: canonicalJson(facts) };
}
