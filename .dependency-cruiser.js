/** The import law: data flows one way, and each vendor has one seam. */
const order = ['core', 'spec', 'platform', 'graph', 'resolve', 'blueprint', 'fleet', 'cli'];

const layers = order.slice(0, -1).map((layer, index) => ({
  name: `${layer}-looks-down-only`,
  severity: 'error',
  from: { path: `^lib/${layer}/` },
  to: { path: `^lib/(${order.slice(index + 1).join('|')}|docs|testing)/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    { name: 'no-cycles', severity: 'error', from: { path: '^lib/' }, to: { circular: true } },
    {
      name: 'kube-on-core-only',
      severity: 'error',
      from: { path: '^lib/kube/' },
      to: { path: '^lib/', pathNot: '^lib/(core|kube)/' },
    },
    {
      name: 'policy-on-core-and-manifests',
      comment: 'policies read manifests, never our types, so that they judge what others wrote',
      severity: 'error',
      from: { path: '^lib/policy/' },
      to: { path: '^lib/', pathNot: '^lib/(core/|policy/|kube/manifest)' },
    },
    {
      name: 'pulumi-behind-its-folders',
      severity: 'error',
      from: { path: '^(lib|policies)/', pathNot: '^(policies/crossguard|lib/(deploy|cloud))/' },
      to: { path: 'node_modules/@pulumi/' },
    },
    {
      name: 'policies-on-policy',
      severity: 'error',
      from: { path: '^policies/' },
      to: { path: '^lib/', pathNot: '^lib/(core/|graph/|policy/index|kube/manifest)' },
    },
    {
      name: 'pure-below-blueprint',
      comment: 'what decides numbers knows no construct and no manifest',
      severity: 'error',
      from: { path: '^lib/(core|spec|platform|graph|resolve)/' },
      to: { path: '(^lib/kube/|node_modules/(cdk8s|cdk8s-plus-28|constructs)/)' },
    },
    {
      name: 'no-io-in-the-core',
      comment: 'same input, same bytes: no file, network, process, clock or random below the fleet',
      severity: 'error',
      from: { path: '^(lib/(core|spec|platform|graph|resolve|blueprint|kube|docs|policy)|policies)/' },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(crypto|url)$',
      },
    },
    {
      name: 'cdk8s-plus-behind-kube',
      severity: 'error',
      from: { path: '^(lib|stacks|test/unit)/', pathNot: '^lib/kube/' },
      to: { path: 'node_modules/cdk8s-plus-28/' },
    },
    {
      name: 'nothing-imports-stacks-or-tests',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(stacks|templates|test|scripts)/' },
    },
    {
      name: 'no-test-dependencies-in-lib',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm-peer', 'type-only'],
        // The build bundles the CEL evaluator.
        pathNot: 'node_modules/(cdk8s|constructs|@marcbachmann/cel-js)/',
      },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
