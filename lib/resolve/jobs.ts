import { inSeconds, optional, seconds, type Context } from './context';
import type { ResolvedCron, ResolvedMigration } from './resolved-service';

export function resolveCron(context: Context): ResolvedCron | null {
  const { kind, spec, decisions } = context;
  if (kind !== 'cron') return null;
  const own = spec.job ?? {};
  return {
    schedule: spec.schedule ?? '@daily',
    timeZone: decisions.settle('job.timeZone', own.timeZone, {
      value: 'Etc/UTC',
      source: 'derived',
      because: 'without one the controller’s own zone would decide',
    }),
    concurrency: decisions.settle('job.concurrency', own.concurrency, {
      value: 'Forbid',
      source: 'derived',
      because: 'a slow run must not be overtaken by the next one',
    }),
    deadline: decisions.settle(
      'job.deadline',
      optional(own.deadline, seconds),
      { value: 3600, source: 'derived', because: 'a run that hangs must end some time' },
      inSeconds,
    ),
    startingDeadline: decisions.settle(
      'job.startingDeadline',
      optional(own.startingDeadline, seconds),
      {
        value: 300,
        source: 'derived',
        because: 'after an outage of the control plane late runs are skipped, not piled up',
      },
      inSeconds,
    ),
    retries: decisions.settle('job.retries', own.retries, {
      value: 2,
      source: 'derived',
      because: 'three tries in all, as the seeds ask',
    }),
  };
}

export function resolveMigration({ spec, decisions }: Context): ResolvedMigration | null {
  const { migrate } = spec;
  if (!migrate) return null;
  return {
    command: migrate.command,
    deadline: decisions.settle(
      'migrate.deadline',
      optional(migrate.deadline, seconds),
      {
        value: 600,
        source: 'derived',
        because: 'a migration that hangs holds up the rollout; ten minutes of a lock are an outage already',
      },
      inSeconds,
    ),
    retries: decisions.settle('migrate.retries', migrate.retries, {
      value: 2,
      source: 'derived',
      because: 'three tries in all, as the seeds ask',
    }),
  };
}
