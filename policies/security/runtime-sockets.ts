import { literal } from '../../lib/policy';

/** The sockets of container runtimes by any folder, and the folders that hold them. */
const SOCKETS = [
  '/(docker|cri-dockerd|containerd|crio|podman)[.]sock/*$',
  '^(/+var)?/+run(/+(containerd|crio|podman|k3s(/+containerd)?))?/*$',
  '^/+$',
].join('|');

/** Whether the host path of volume `v` is the socket of a container runtime, or a folder with it. */
export const IS_RUNTIME_SOCKET = `v.hostPath.path.matches(${literal(SOCKETS)})`;
