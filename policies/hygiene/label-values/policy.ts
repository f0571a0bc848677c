import { hasPath, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { BESIDE_SPEC } from '../kinds';

/** CEL: the labels of `holder` whose values are not valid, as paths. */
const invalid = (holder: string, at: string): string => {
  const labels = `${holder}.metadata.labels`;
  const isValid = `${labels}[k].matches("^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$") && size(${labels}[k]) <= 63`;
  return `(${hasPath(holder, 'metadata/labels')} ? ${labels}.filter(k, !(${isValid})).map(k, ${at} + "metadata/labels/" + k.replace("/", "~1")) : [])`;
};

export const labelValues = objectPolicy({
  id: 'label-values',
  category: 'hygiene',
  title: 'Labels of workloads and their pods have values that the API server takes',
  kinds: PODS,
  // A bare Pod is its own template.
  offenders: `${invalid('object', '""')} + (variables.templateAt == "" ? [] : ${invalid('variables.template', BESIDE_SPEC)})`,
  message: 'is no label value: the API server refuses the object, or the pods that it makes',
  fix: 'use at most 63 letters, digits, -, _ and ., with a letter or digit at both ends; anything else belongs into an annotation',
});
