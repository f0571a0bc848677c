/**
 * What is built from source, each from a Go module folder under `go/` that pins every version and checksum.
 * A component of another dependency tree gets its own folder: the trees do not agree on common versions.
 */
export interface Component {
  /** Name of the binary. */
  readonly name: string;
  readonly version: string;
  /** Folder under `go/` whose go.mod and go.sum pin it. */
  readonly folder: string;
  /** The Go package of its main function. */
  readonly package: string;
  /** Values linked in, `import/path.Variable` to value: the programs ask each other for their version. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Measured on two cores with nothing in the Go build cache; told to the person who waits. */
  readonly coldBuild: string;
}

export const kubernetesVersion = 'v1.34.4';
export const pulumiVersion = 'v3.250.0';

function kubernetes(name: string, coldBuild: string): Component {
  const version = 'k8s.io/component-base/version';
  const [major = '', minor = ''] = kubernetesVersion.slice(1).split('.');
  return {
    name,
    version: kubernetesVersion,
    folder: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${name}`,
    stamps: {
      [`${version}.gitVersion`]: kubernetesVersion,
      [`${version}.gitMajor`]: major,
      [`${version}.gitMinor`]: minor,
    },
    coldBuild,
  };
}

/** The pseudo-version of the istio module, shortened to the commit it was made of. */
const istioVersion = 'eed52ebb66ad';

export const components = {
  'kube-apiserver': kubernetes('kube-apiserver', '3 to 5 minutes'),
  'kube-controller-manager': kubernetes('kube-controller-manager', '2 minutes'),
  'kube-scheduler': kubernetes('kube-scheduler', 'half a minute'),
  kubectl: kubernetes('kubectl', 'half a minute'),
  pulumi: {
    name: 'pulumi',
    version: pulumiVersion,
    folder: 'pulumi',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    // Without it policy packs and the Automation API cannot read the version of the engine.
    stamps: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': pulumiVersion },
    coldBuild: '3 minutes',
  },
  'pilot-discovery': {
    name: 'pilot-discovery',
    version: istioVersion,
    folder: 'istio',
    package: 'istio.io/istio/pilot/cmd/pilot-discovery',
    stamps: {},
    coldBuild: '4 minutes',
  },
  istioctl: {
    name: 'istioctl',
    version: istioVersion,
    folder: 'istio',
    package: 'istio.io/istio/istioctl/cmd/istioctl',
    stamps: {},
    coldBuild: 'half a minute',
  },
  promtool: {
    name: 'promtool',
    version: 'v0.314.0',
    folder: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    stamps: {},
    coldBuild: '3 minutes',
  },
} as const satisfies Record<string, Component>;

export type ComponentName = keyof typeof components;

/** What every suite needs; a suite that needs more says so in a line `// needs: NAME, NAME`. */
export const controlPlaneComponents = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
] as const satisfies readonly ComponentName[];
