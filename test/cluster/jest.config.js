/** Tests against real components; started by run.ts, which has the control plane ready before. */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/suites/*.test.ts'],
  testTimeout: 120_000,
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023' }, sourceMaps: 'inline' }] },
  moduleNameMapper: {
    '^golden-path$': '<rootDir>/../../lib/index.ts',
    '^golden-path/testing$': '<rootDir>/../../lib/testing/index.ts',
  },
};
