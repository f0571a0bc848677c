/** Hermetic tests: no cluster, no network, nothing to install beyond `npm ci`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/cluster/', '<rootDir>/test/zones/'],
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }] },
  moduleNameMapper: {
    '^golden-path$': '<rootDir>/lib/index.ts',
    '^golden-path/testing$': '<rootDir>/lib/testing/index.ts',
  },
};
