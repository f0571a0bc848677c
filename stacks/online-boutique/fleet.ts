import { Fleet, ServiceBlueprint } from 'golden-path';

/**
 * Google's Online Boutique, with its published images, ports, health checks and variables, and `orders`, a service of
 * our own. Memory is the limit of the published manifests (request and limit are one here), CPU their request.
 */
export const fleet = new Fleet({ name: 'online-boutique' });

const published = (image: string) => `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${image}`;

/** A small service answers a few kilobytes out of memory; the published manifests give each the same. */
const small = { cpu: '100m', memory: '128Mi' };

new ServiceBlueprint(fleet, 'frontend', {
  team: 'storefront',
  tier: 'critical',
  image: published('frontend'),
  ports: { http: 8080 },
  resources: small,
  probes: {
    // The session cookie keeps the check from opening a new session each time.
    readiness: { check: { http: '/_healthz', headers: { Cookie: 'shop_session-id=x-readiness-probe' } } },
  },
  // The load that this example is sized for: 300 page views a second, 50 on one pod at its full CPU request.
  traffic: { peakRps: 300, rpsPerPod: 50, p99: '500ms' },
  slo: { availability: 99.9, latency: { p99: '1s' } },
  accepts: ['loadgenerator', 'system:gateway'],
  calls: {
    ad: {
      env: 'AD_SERVICE_ADDR',
      timeout: '100ms',
      need: 'soft',
      fallback: 'a page without an advertisement',
      idempotent: true,
    },
    cart: { env: 'CART_SERVICE_ADDR' },
    // An order goes through seven services, one after the other.
    checkout: { env: 'CHECKOUT_SERVICE_ADDR', timeout: '10s' },
    currency: { env: 'CURRENCY_SERVICE_ADDR', idempotent: true },
    productcatalog: { env: 'PRODUCT_CATALOG_SERVICE_ADDR', idempotent: true },
    recommendation: {
      env: 'RECOMMENDATION_SERVICE_ADDR',
      timeout: '500ms',
      need: 'soft',
      fallback: 'a page without recommendations',
      idempotent: true,
    },
    shipping: { env: 'SHIPPING_SERVICE_ADDR', idempotent: true },
  },
  env: {
    PORT: 8080,
    ENABLE_PROFILER: 0,
    // The program stops at start without it; the assistant itself is not part of the shop.
    SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
  },
});

new ServiceBlueprint(fleet, 'cart', {
  team: 'cart',
  tier: 'critical',
  image: published('cartservice'),
  ports: { grpc: 7070 },
  resources: { cpu: '200m', memory: '128Mi' },
  accepts: ['frontend', 'checkout'],
  calls: { 'cart-store': { env: 'REDIS_ADDR', timeout: '200ms' } },
});

new ServiceBlueprint(fleet, 'cart-store', {
  team: 'cart',
  tier: 'critical',
  kind: 'cache',
  image: 'docker.io/library/redis',
  ports: { redis: 6379 },
  resources: { cpu: '70m', memory: '256Mi' },
  accepts: ['cart'],
  // As in the published manifests, carts are gone with the pod.
  volumes: { '/data': { size: '256Mi' } },
});

new ServiceBlueprint(fleet, 'productcatalog', {
  team: 'catalog',
  tier: 'critical',
  image: published('productcatalogservice'),
  ports: { grpc: 3550 },
  resources: small,
  accepts: ['frontend', 'checkout', 'recommendation'],
  env: { PORT: 3550, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'currency', {
  team: 'catalog',
  tier: 'critical',
  image: published('currencyservice'),
  ports: { grpc: 7000 },
  resources: small,
  accepts: ['frontend', 'checkout'],
  env: { PORT: 7000, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'recommendation', {
  team: 'storefront',
  image: published('recommendationservice'),
  ports: { grpc: 8080 },
  resources: { cpu: '100m', memory: '450Mi' },
  calls: { productcatalog: { env: 'PRODUCT_CATALOG_SERVICE_ADDR', timeout: '300ms', idempotent: true } },
  env: { PORT: 8080, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'ad', {
  team: 'storefront',
  tier: 'best-effort',
  image: published('adservice'),
  ports: { grpc: 9555 },
  resources: { cpu: '200m', memory: '300Mi' },
  env: { PORT: 9555 },
});

new ServiceBlueprint(fleet, 'checkout', {
  team: 'checkout',
  tier: 'critical',
  image: published('checkoutservice'),
  ports: { grpc: 5050 },
  resources: small,
  slo: { availability: 99.9 },
  accepts: ['frontend'],
  calls: {
    cart: { env: 'CART_SERVICE_ADDR' },
    currency: { env: 'CURRENCY_SERVICE_ADDR', idempotent: true },
    email: { env: 'EMAIL_SERVICE_ADDR', need: 'soft', fallback: 'the order stands without a confirmation mail' },
    orders: { env: 'ORDERS_ADDR' },
    payment: { env: 'PAYMENT_SERVICE_ADDR', timeout: '2s' },
    productcatalog: { env: 'PRODUCT_CATALOG_SERVICE_ADDR', idempotent: true },
    shipping: { env: 'SHIPPING_SERVICE_ADDR' },
  },
  env: { PORT: 5050 },
});

new ServiceBlueprint(fleet, 'payment', {
  team: 'checkout',
  tier: 'critical',
  image: published('paymentservice'),
  ports: { grpc: 50051 },
  resources: small,
  accepts: ['checkout'],
  env: { PORT: 50051, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'orders', {
  team: 'checkout',
  tier: 'critical',
  image: 'ghcr.io/golden-path/orders:0.1.0',
  ports: { http: 8080 },
  accepts: ['checkout'],
});

new ServiceBlueprint(fleet, 'shipping', {
  team: 'fulfilment',
  tier: 'critical',
  image: published('shippingservice'),
  ports: { grpc: 50051 },
  resources: small,
  accepts: ['frontend', 'checkout'],
  env: { PORT: 50051, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'email', {
  team: 'fulfilment',
  image: published('emailservice'),
  ports: { grpc: 8080 },
  resources: small,
  accepts: ['checkout'],
  env: { PORT: 8080, DISABLE_PROFILER: 1 },
});

new ServiceBlueprint(fleet, 'loadgenerator', {
  team: 'storefront',
  tier: 'best-effort',
  kind: 'worker',
  image: published('loadgenerator'),
  resources: { cpu: '300m', memory: '512Mi' },
  // One is the load that was asked for; two would be twice the load.
  autoscaling: false,
  replicas: 1,
  probes: {
    readiness: { check: { exec: ['pgrep', '-f', 'locust'] } },
    liveness: { check: { exec: ['pgrep', '-f', 'locust'] } },
  },
  calls: { frontend: { env: 'FRONTEND_ADDR', timeout: '15s' } },
  env: { USERS: 10, RATE: 1 },
});
