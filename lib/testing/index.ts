export { Manifests, type Pattern } from './manifests';
export { Match, type Matcher } from './match';
