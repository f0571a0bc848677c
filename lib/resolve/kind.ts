import { broken, type Context } from './context';

/** Fields that do not fit the kind of the service, and facts that need another one. */
export function checkKind(context: Context): void {
  const { spec, kind } = context;
  const wrong = (code: string, path: string, message: string, fix: string): void =>
    broken(context, { code, path, message, fix });
  if (kind === 'service' && Object.keys(spec.ports ?? {}).length === 0) {
    wrong(
      'port-needed',
      'ports',
      'a service needs at least one port',
      'add ports: { http: 8080 }, or make it kind: worker',
    );
  }
  if (kind === 'cron' && spec.schedule === undefined) {
    wrong('schedule-needed', 'schedule', 'a cron service needs a schedule', 'add schedule: "0 3 * * *"');
  }
  if (kind !== 'cron') {
    for (const field of ['schedule', 'job'] as const) {
      if (spec[field] !== undefined)
        wrong(
          'field-of-another-kind',
          field,
          `${field} is for kind: cron only, this is a ${kind}`,
          `remove ${field}, or make it kind: cron`,
        );
    }
  } else {
    for (const field of ['probes', 'autoscaling', 'replicas', 'disruption', 'rollout', 'migrate', 'ports'] as const) {
      if (spec[field] !== undefined)
        wrong(
          'field-of-another-kind',
          field,
          `${field} means nothing to a job that runs to its end`,
          `remove ${field}`,
        );
    }
  }
  if (kind === 'cache' && spec.autoscaling) {
    wrong('cache-is-single', 'autoscaling', 'a cache has one pod', 'remove autoscaling');
  }
  if (spec.traffic?.rpsPerPod !== undefined && spec.traffic.peakRps === undefined) {
    wrong('half-a-fact', 'traffic.peakRps', 'rpsPerPod says nothing without the peak', 'add traffic.peakRps');
  }
  if (spec.traffic?.peakRps !== undefined && spec.traffic.rpsPerPod === undefined) {
    context.notes.push(
      'traffic.peakRps is known but not rpsPerPod, so no size follows from it; measure one pod at 100 % of its CPU request',
    );
  }
}
