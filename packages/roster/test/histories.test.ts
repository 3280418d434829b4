/**
 * Claims of an additive roster, over random histories of code changes, logins, changes by hand, lost answers, a list
 * that lags, and kills:
 *
 * - It never removes a person or a role that was not declared by a run whose state was stored.
 * - After an `up` that succeeds, nothing that such a run declared and the code no longer declares is there.
 * - After an `up` that succeeds, everything declared is there, unless somebody removed it by hand, or a run was
 *   killed, and no refresh has seen that yet.
 * - A refresh and an `up` mend all, a preview then shows nothing, and a destroy leaves nothing that was declared.
 */
import { test } from "@jest/globals";
import fc from "fast-check";
import { ModelStack } from "./support/roster-engine.ts";
import type { Declared } from "./support/roster-engine.ts";
import { grantsIn, ModelTenant } from "./support/roster-tenant-model.ts";
import type { Mishap } from "./support/roster-tenant-model.ts";
import { seeded } from "@ai-api-access/testing/seeded.ts";

const user = fc.constantFrom("x|ada", "x|grace", "x|alan", "x|edsger");
const role = fc.constantFrom("rol_reader", "rol_editor");
const declared: fc.Arbitrary<Declared> = fc
  .uniqueArray(fc.tuple(user, fc.uniqueArray(role)), { selector: ([who]) => who, minLength: 1 })
  .map((people) => Object.fromEntries(people));

type Mishaps = readonly (readonly [number, Mishap])[];
type Step =
  | { readonly kind: "up"; readonly people: Declared; readonly mishaps: Mishaps }
  | { readonly kind: "destroy"; readonly mishaps: Mishaps }
  | { readonly kind: "refresh" }
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "join" | "leave" | "give" | "take"; readonly who: string; readonly what: string };

const kind = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);

function histories(kinds: readonly Mishap[]): fc.Arbitrary<Step[]> {
  const mishaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...kinds)), {
    maxLength: 2,
  });
  const milliseconds = fc.constantFrom(10, 2_000, 5_000, 20 * 60_000);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: kind("up"), people: declared, mishaps }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("destroy"), mishaps }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("refresh") }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("wait"), milliseconds }) },
    {
      weight: 6,
      arbitrary: fc.record({ kind: kind("join", "leave", "give", "take"), who: user, what: role }),
    },
  );
  return fc.array(step, { minLength: 2, maxLength: 12 });
}

/** A stack and its tenant, and what may be said of them. */
class History {
  readonly tenant = new ModelTenant();
  readonly stack: ModelStack;
  /** Whether something was removed that the stack cannot know of before a refresh. */
  #disturbed = false;

  constructor(lag: number) {
    this.tenant.lag = lag;
    this.stack = new ModelStack({
      organization: "org",
      tenant: this.tenant.tenant,
      now: () => this.tenant.now,
      isKilled: () => this.tenant.killed,
    });
  }

  async live(step: Step): Promise<void> {
    const { tenant } = this;
    tenant.log.push(JSON.stringify(step));
    switch (step.kind) {
      case "up":
        return this.up(step.people, step.mishaps);
      case "destroy":
        return this.destroy(step.mishaps);
      case "refresh":
        return this.refresh();
      case "wait":
        tenant.pass(step.milliseconds);
        return;
      case "join":
      case "leave":
        tenant[step.kind]([step.who]);
        break;
      case "give":
      case "take":
        tenant[step.kind](step.who, [step.what]);
        break;
    }
    this.#disturbed ||= step.kind === "leave" || step.kind === "take";
    tenant.pass(1);
  }

  async up(people: Declared, mishaps: Mishaps = []): Promise<void> {
    const { tenant } = this;
    tenant.begin(mishaps);
    const before = tenant.owned;
    const wanted = grantsIn(people);
    const { kind: outcome, reasons } = await this.stack.up(people);
    tenant.log.push(outcome, ...reasons);
    this.#disturbed ||= tenant.killed;
    if (outcome === "failed") {
      // Nothing was stored, so the next run knows what the last one knew.
      tenant.owned = before;
      return;
    }
    tenant.owned = new Set([...(outcome === "done" ? [] : tenant.owned), ...wanted]);
    if (outcome === "partly") return;
    const there = tenant.grants();
    this.#expectNone(
      "left over",
      there.filter((grant) => before.has(grant) && !wanted.includes(grant)),
    );
    if (!this.#disturbed)
      this.#expectNone(
        "missing",
        wanted.filter((grant) => !there.includes(grant)),
      );
  }

  async refresh(): Promise<void> {
    this.tenant.begin([]);
    await this.stack.refresh();
    // The list shows only what has been for a while.
    if (this.tenant.lag === 0) this.#disturbed = false;
  }

  async destroy(mishaps: Mishaps = []): Promise<void> {
    const { tenant } = this;
    tenant.begin(mishaps);
    const before = tenant.owned;
    const { kind: outcome } = await this.stack.destroy();
    tenant.log.push(outcome);
    // With the state goes the knowledge of what the list may still show.
    this.#disturbed ||= outcome !== "done" || tenant.lag > 0;
    if (outcome !== "done") return;
    this.#expectNone(
      "left over",
      tenant.grants().filter((grant) => before.has(grant)),
    );
    tenant.owned = new Set();
  }

  /** Nothing goes wrong anymore, and the list catches up. */
  async end(last: Declared): Promise<void> {
    const { tenant } = this;
    tenant.log.push("the end");
    tenant.pass(20 * 60_000);
    tenant.begin([]);
    await this.stack.refresh();
    this.#disturbed = false;
    await this.up(last);
    if (!(await this.stack.isSettled(last))) this.#expectNone("a preview shows", ["changes"]);
    await this.destroy();
    this.#expectNone("never declared", tenant.violations);
  }

  #expectNone(what: string, found: readonly string[]): void {
    if (found.length > 0) throw new Error([`${what}: ${found.join(", ")}`, ...this.tenant.log].join("\n"));
  }
}

async function expectKept(steps: readonly Step[], last: Declared, lag: number): Promise<void> {
  const history = new History(lag);
  try {
    for (const step of steps) await history.live(step);
    await history.end(last);
  } finally {
    history.stack.close();
  }
}

test.each([0, 50, 3_000])(
  "a person whose addition and whose removal both stayed without an answer is removed (lag %d ms)",
  async (lag) => {
    const steps: Step[] = [
      { kind: "up", people: { "x|ada": [] }, mishaps: [[1, "lost after"]] },
      { kind: "up", people: { "x|grace": [] }, mishaps: [[1, "lost before"]] },
      // Somebody at the dashboard takes her for a member, as the list now does.
      { kind: "give", who: "x|ada", what: "rol_reader" },
    ];
    await expectKept(steps, { "x|grace": [] }, lag);
  },
);

test.each([
  { circumstances: "lost answers", mishaps: ["lost before", "lost after"], lags: [0] },
  { circumstances: "a list that lags", mishaps: ["lost before", "lost after"], lags: [50, 3_000] },
  {
    circumstances: "kills",
    mishaps: ["lost before", "lost after", "killed before", "killed after"],
    lags: [0, 50, 3_000],
  },
] as const)(
  "a roster keeps its promises through changes by hand and $circumstances",
  async ({ mishaps, lags }) => {
    const property = fc.asyncProperty(histories(mishaps), declared, fc.constantFrom(...lags), expectKept);
    await fc.assert(property, seeded(150));
  },
);
