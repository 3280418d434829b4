/** Tests run as ES modules on the TypeScript sources; types are checked by `npm run typecheck`. */
export default {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/global-setup.mjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // What `pulumi new` copies: packages of the same names, for another project.
  modulePathIgnorePatterns: ["<rootDir>/template/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { useESM: true, tsconfig: "<rootDir>/test/tsconfig.json" }] },
  testTimeout: 120_000,
  // Most tests wait for the engine, so there is a worker for each of two cores.
  maxWorkers: 2,
};
