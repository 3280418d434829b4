import js from "@eslint/js";
import tseslint from "typescript-eslint";

const here = import.meta.dirname;

export default tseslint.config(
  { ignores: ["**/node_modules/", ".twin/", ".cache/", "coverage/", "**/*.cmd", "template/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "bench/tutorial/tsconfig.json", "bench/loop/tsconfig.json"],
        tsconfigRootDir: here,
      },
    },
    rules: {
      // Types carry the truth: what comes from outside is parsed, never asserted.
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      // Node strips types without looking at other files, so an import of a type has to say that it is one.
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // A test that fails has to fail again: what is drawn comes of a seed (`seeded`, `randomFrom`).
    files: ["**/test/**/*.ts", "packages/testing/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Draw from a seed: randomFrom(seed)." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.object.name='fc'][callee.property.name=/^(assert|check)$/][arguments.length<2]",
          message: "Give it a seed: fc.assert(property, seeded(runs)).",
        },
      ],
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs", "packages/stand-in-providers/src/*/pulumi-resource-*"],
    languageOptions: {
      globals: {
        require: "readonly",
        __dirname: "readonly",
        console: "readonly",
        process: "readonly",
        setTimeout: "readonly",
        setInterval: "readonly",
      },
    },
  },
);
