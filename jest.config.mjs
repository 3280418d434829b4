/** Tests run as ES modules on the TypeScript sources; types are checked by `npm run typecheck`. */
export default {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/global-setup.mjs",
  testMatch: ["<rootDir>/{test,packages,policy,examples,tools}/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "ts-jest",
      {
        useESM: true,
        diagnostics: false,
        tsconfig: {
          target: "es2024",
          module: "esnext",
          moduleResolution: "bundler",
          isolatedModules: true,
          esModuleInterop: true,
          allowImportingTsExtensions: true,
          noEmit: false,
          verbatimModuleSyntax: true,
        },
      },
    ],
  },
  setupFiles: ["<rootDir>/test/support/short-stacks.mjs"],
  // The SDK loads npm's own installer and the TypeScript compiler, to serialize functions. That is a second in each
  // test file for nothing: no resource here has a function.
  moduleNameMapper: {
    "^@npmcli/arborist$": "<rootDir>/test/support/nothing.cjs",
    "/typescript-shim$": "<rootDir>/test/support/nothing.cjs",
    // It takes the stack of every promise, and jest looks up each frame in source maps.
    "/debuggable$": "<rootDir>/test/support/debuggable.cjs",
  },
  // For what never ends: a busy machine may take minutes for what a quiet one does in ten seconds.
  testTimeout: 600_000,
  // Most tests wait for the engine, so there is a worker for each core.
  maxWorkers: "100%",
  // The modules of each file stay in a worker's memory, and one that has grown takes longer to end than jest waits.
  workerIdleMemoryLimit: "1GB",
};
