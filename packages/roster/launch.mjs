import "@ai-api-access/provider-kit/launch.cjs";

await import("./src/main.ts");
