export { ServiceBlueprint } from './blueprint/service-blueprint';
export {
  ProblemsError,
  exitCodeOf,
  formatProblem,
  formatProblems,
  type Problem,
  type SourcePosition,
} from './core/problem';
export { Fleet, type FleetProps, type RenderOptions } from './fleet/fleet';
export type { ManifestGroup } from './fleet/manifest-group';
export { FleetRendering, type RenderedService } from './fleet/rendering';
export { manifestKey, type Manifest } from './kube/manifest';
export { BUILT_IN, platformFor } from './platform/platform';
export type { Platform, PlatformProfile } from './platform/profile';
export type { Decision, DecisionSource } from './resolve/decision';
export type { ImagesLock } from './resolve/images';
export type { ResolvedService } from './resolve/resolved-service';
export type { ServiceSpec, Tier } from './spec/service-spec';
