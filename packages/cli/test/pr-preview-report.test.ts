/** What the report makes of the engine's events: a mock of the engine can show what a stack seldom does. */
import { expect, test } from "@jest/globals";
import { differences } from "../src/pr-preview/differences.ts";
import { lossesOf } from "../src/pr-preview/losses.ts";
import { block, code } from "../src/pr-preview/markdown.ts";
import { outputDifferences } from "../src/pr-preview/outputs.ts";
import { render, type Report } from "../src/pr-preview/report.ts";
import { Steps, type RunEvent } from "../src/pr-preview/steps.ts";

const CONNECTION = "auth0:index/connection:Connection";
const APP = "okta:app/oAuth:OAuth";
const urn = (type: string, name: string): string =>
  `urn:pulumi:local::ai-api-access::parent$${type}::${name}`;

interface Given {
  readonly protect?: boolean;
  readonly keys?: string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

function step(op: string, type: string, name: string, given: Given = {}): RunEvent {
  const { protect = false, keys, before, after } = given;
  const side = (inputs: Readonly<Record<string, unknown>>) => ({ custom: true, protect, inputs });
  const metadata = {
    op,
    type,
    urn: urn(type, name),
    ...(before && { old: side(before) }),
    ...(after && { new: side(after) }),
    ...(keys && { keys }),
  };
  return { resourcePreEvent: { metadata } };
}

function stepsOf(...events: RunEvent[]): Steps {
  const steps = new Steps();
  events.forEach(steps.follow);
  return steps;
}

function reportOf(steps: Steps): string {
  const report: Report = {
    sides: {
      base: { sha: "a".repeat(40), name: "main" },
      head: { sha: "b".repeat(40), name: "x" },
      dirty: false,
    },
    stackFile: "Pulumi.local.yaml",
    outcome: { kind: "applied" },
    changes: steps.changes(),
    outputs: [],
    notes: [],
  };
  return render(report);
}

test("a replacement is one change, and names the property that forces it", () => {
  const before = { label: "AI", omitSecret: true, type: "service" };
  const after = { label: "AI service", omitSecret: false, type: "service" };
  const steps = stepsOf(
    step("create-replacement", APP, "service-app", { before, after, keys: ["omitSecret"] }),
    step("replace", APP, "service-app", { before, after, keys: ["omitSecret"] }),
    step("delete-replaced", APP, "service-app", { before, keys: ["omitSecret"] }),
  );
  expect(steps.changes()).toHaveLength(1);
  expect(reportOf(steps)).toContain(
    [
      "| `service-app` (okta app.OAuth) | `label` | `AI` | `AI service` |",
      "|  | `omitSecret` forces it | `true` | `false` |",
    ].join("\n"),
  );
});

test("a connection that would go is a loss even where nothing protects it, and a protected role is", () => {
  const inputs = { name: "users" };
  const role = "auth0:index/role:Role";
  const steps = stepsOf(
    step("delete", CONNECTION, "organization-users", { before: inputs }),
    step("delete", role, "api-admin", { before: inputs, protect: true }),
    step("delete", role, "api-reader", { before: inputs }),
    step("update", CONNECTION, "other", { before: inputs, after: { name: "users", a: 1 }, protect: true }),
  );
  expect(lossesOf(steps.changes(), steps.refusals)).toEqual([
    { name: "api-admin", type: role, reason: "It would be deleted; it is protected" },
    {
      name: "organization-users",
      type: CONNECTION,
      reason: "It would be deleted; the people of a connection go with it",
    },
  ]);
});

test("what a pull request writes into values stays inside its code span, cell and block", () => {
  expect(code("a | b")).toBe("`a \\| b`");
  expect(code("`rm`")).toBe("`` `rm` ``");
  expect(code("one\n\n# two")).toBe("`one ⏎ # two`");
  expect(code("x".repeat(1000))).toBe(`\`${"x".repeat(300)}… (1000 characters)\``);
  expect(block("```\n<script>")).toBe("````text\n```\n<script>\n````");
});

test("a secret that becomes another one is said without either", () => {
  const shown = { clientSecret: "[secret]", appConfig: { okta: { clientSecret: "[secret]" } } };
  const plain = (secret: string) => ({ clientSecret: secret, appConfig: { okta: { clientSecret: secret } } });
  const changed = outputDifferences({ shown, plain: plain("one") }, { shown, plain: plain("two") });
  expect(changed).toEqual(
    ["appConfig.okta.clientSecret", "clientSecret"].map((path) => ({
      path,
      before: "[secret]",
      after: "[secret], another one",
    })),
  );
});

test("differences go down to the leaf, and take a list of plain values for one", () => {
  const before = { a: { b: 1, "c d": [1, 2] }, list: [{ x: 1 }, { x: 2 }], gone: true };
  const after = { a: { b: 1, "c d": [2, 1] }, list: [{ x: 1 }, { x: 3 }, { x: 4 }] };
  expect(differences(before, after)).toEqual([
    { path: 'a["c d"]', before: [1, 2], after: [2, 1] },
    { path: "list[1].x", before: 2, after: 3 },
    { path: "list[2]", before: undefined, after: { x: 4 } },
    { path: "gone", before: true, after: undefined },
  ]);
});
