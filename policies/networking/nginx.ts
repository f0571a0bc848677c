/** Annotations that only ingress-nginx reads. */
export const NGINX = 'nginx.ingress.kubernetes.io/';
