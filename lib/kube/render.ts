import { ApiObject, DependencyGraph } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Manifest } from './manifest';

/**
 * The objects below a construct as plain manifests. `App.synth()` walks the whole app once for each chart, which is
 * quadratic in the number of charts; this does for one tree what it would do: run every validation, resolve every
 * object, and put objects after those they depend on.
 */
export function render(root: Construct): { object: ApiObject; manifest: Manifest }[] {
  const constructs = root.node.findAll();
  const invalid = constructs.flatMap((construct) =>
    construct.node.validate().map((message) => `[${construct.node.path}] ${message}`),
  );
  if (invalid.length > 0) throw new Error(`validation failed:\n  ${invalid.join('\n  ')}`);
  return ordered(root, constructs).map((object) => ({ object, manifest: object.toJson() as Manifest }));
}

/** Every object below a construct, in the order in which they were made. */
export function apiObjects(root: IConstruct): ApiObject[] {
  return root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

function ordered(root: Construct, constructs: readonly IConstruct[]): ApiObject[] {
  if (constructs.every((construct) => construct.node.dependencies.length === 0)) return apiObjects(root);
  return new DependencyGraph(root.node).topology().filter((construct) => ApiObject.isApiObject(construct));
}
