/** Policies as code: what one is made of, and how manifests are judged. */
export { admissionDocuments, type AdmissionDocument } from './admission';
export {
  graphPolicy,
  objectPolicy,
  type Category,
  type GraphOffence,
  type GraphPolicy,
  type ObjectPolicy,
  type Parameter,
  type PatchOperation,
  type Policy,
} from './definition';
export {
  containersWhere,
  fieldWhere,
  hasPath,
  literal,
  podFieldWhere,
  selectorMatches,
  volumesWhere,
} from './expressions';
export {
  fieldAt,
  numberAt,
  recordAt,
  recordsAt,
  scaledCount,
  selectorAt,
  textAt,
  textsAt,
  type Fields,
} from './fields';
export type { Finding, Judgement, RuleError, Tally } from './finding';
export { judge, judgeObject } from './judge';
export { withDefaults } from './defaults';
export type { Verdict } from './evaluate';
export { resolvePack, type Pack, type PackedPolicy, type PackFile, type Severity } from './pack';
export { keyStep, locate } from './path';
export { POD_CARRIERS, type ObjectKind, type PodCarrier } from './pod-carriers';
export { Quantity } from './quantity';
export { isEmpty, selects, type Labels, type LabelSelector } from './selector';
export { groupOf, namespaceOf, podSource, World, type PodSource } from './world';
