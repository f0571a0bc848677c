/** The one place that knows which CEL evaluator is used; the build bundles it into this file. */
export { Environment } from '@marcbachmann/cel-js';
