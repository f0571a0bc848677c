export { Manifests, type Pattern } from './manifests';
export { Match, type Matcher } from './match';
export { toPassPolicies, type MatcherResult, type PolicyOptions } from './policies';
