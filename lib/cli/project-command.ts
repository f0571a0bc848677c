import { throwIfAny } from '../core/problem';
import { nearMiss } from '../core/near-miss';
import { Project } from '../fleet/project';
import type { FleetRendering } from '../fleet/rendering';

/** Options that every command about a project has. */
export interface ProjectOptions {
  readonly project?: string;
  readonly env?: string;
  readonly out?: string;
}

/** The fleet in the environment that a command is about. */
export function openProject({ project: folder, env }: ProjectOptions): {
  project: Project;
  environment: string;
  rendering: FleetRendering;
} {
  const project = Project.load(folder ?? '.');
  const environment = env ?? project.defaultEnvironment;
  return { project, environment, rendering: project.in(environment) };
}

/** Throws when the fleet has no service of this name. */
export function requireService(rendering: FleetRendering, name: string): void {
  if (rendering.names.includes(name)) return;
  const near = nearMiss(name, rendering.names);
  throwIfAny([
    {
      code: 'unknown-service',
      kind: 'input',
      subject: rendering.fleet,
      path: '',
      message: `there is no service named ${name} in this fleet`,
      got: name,
      ...(rendering.names.length <= 30 ? { expected: `one of ${rendering.names.join(', ')}` } : {}),
      ...(near === undefined ? {} : { fix: `did you mean ${near}` }),
    },
  ]);
}
