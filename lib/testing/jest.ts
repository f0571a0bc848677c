import { toPassPolicies, type PolicyOptions } from './policies';

declare global {
  // The way to add a matcher to the types of jest.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // The parameters have to be those that jest declares.
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T = {}> {
      /** A chart, any other construct, or a list of manifests keeps a pack of policies. @default golden */
      toPassPolicies(pack?: string, options?: PolicyOptions): R;
    }
  }
}

/** Import it once, in a test or in `setupFilesAfterEnv`: it adds `expect(chart).toPassPolicies('golden')`. */
expect.extend({ toPassPolicies });
