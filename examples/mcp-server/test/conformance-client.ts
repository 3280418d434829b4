/** The client that the conformance suite starts: it has the test do what is asked, which has the SDK loaded already. */
const { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_CONTEXT: context, AI_API_TEST } = process.env;
const body = JSON.stringify({ url: process.argv.at(-1), scenario, context });
const { ok } = await fetch(AI_API_TEST ?? "", { method: "POST", body });
process.exitCode = ok ? 0 : 1;
