import base from "./jest.config.mjs";

/** What `npm run soak` runs: kills, faults, hostile requests and random histories, for an hour and more. */
export default {
  ...base,
  testMatch: [
    "<rootDir>/packages/*/test/**/*.soak.ts",
    "<rootDir>/packages/roster/test/histories.test.ts",
    "<rootDir>/packages/emulator-fidelity/test/fuzz/fuzz.test.ts",
    "<rootDir>/packages/emulator-core/test/durability.test.ts",
  ],
  testTimeout: 7_200_000,
};
