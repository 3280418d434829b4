/** Runs of a roster: create, update and delete. */
import { PartlyDone } from "@ai-api-access/provider-kit";
import type { DeleteRequest, PlainProperties, Properties } from "@ai-api-access/provider-kit";
import { headOf, NO_RECORD, readBaseline } from "../../core/baseline.ts";
import { AT_ONCE, fulfil, NOBODY } from "../../core/fulfil.ts";
import type { Fulfilled, Task } from "../../core/fulfil.ts";
import { minus } from "../../core/items.ts";
import type { Items } from "../../core/items.ts";
import type { Known } from "../../core/known.ts";
import { unlessGone } from "../../core/organization.ts";
import { declaredOf } from "../people.ts";
import type { Session } from "../session.ts";
import { textAt } from "../values.ts";
import { checkConsent, strangersLine } from "./consent.ts";
import { BASELINE, modeOf, organizationOf, peopleOf, roleNames } from "./inputs.ts";
import { Progress } from "./progress.ts";
import { reasonsOf } from "./reasons.ts";
import { readKnown, writeKnown } from "./state.ts";

export class Runs {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Refuses what goes too far, and lists by name who would go although the stack never declared them. */
  async announce(urn: string, inputs: PlainProperties, known: Known): Promise<void> {
    const organization = organizationOf(inputs);
    if (modeOf(inputs) !== "authoritative" || organization === undefined) return;
    const there = await this.#there(organization, inputs);
    const leaving = minus(there, peopleOf(inputs));
    checkConsent({ leaving, there, settings: inputs, name: this.#name });
    const line = strangersLine(minus(leaving, known.inPlace), this.#name);
    if (line !== undefined) this.#session.engine.log("info", line, { urn });
  }

  /**
   * Brings the organization to what the inputs say; gives the state.
   *
   * @throws PartlyDone when it did not get to its end
   */
  async bring(urn: string, inputs: PlainProperties, known: Known): Promise<Properties> {
    const organizationId = organizationOf(inputs) ?? "";
    const text = textAt(inputs, BASELINE) ?? "{}";
    const declared = declaredOf(peopleOf(inputs), new Map());
    if (headOf(text).digest !== declared.digest) {
      throw new Error(
        "the record of who was there before is about other people than those declared now: leave out --target, or " +
          "target the Baseline of this roster as well",
      );
    }
    const there = await this.#there(organizationId, inputs);
    const mode = modeOf(inputs);
    if (mode === "authoritative") {
      checkConsent({ leaving: minus(there, declared.items), there, settings: inputs, name: this.#name });
    }
    const fulfilled = await this.#fulfil(urn, organizationId, {
      known,
      record: readBaseline(text, declared.items),
      fresh: this.#session.isOfThisRun(text),
      declared,
      mode,
      there,
    });
    const { complete } = fulfilled;
    const state = writeKnown(
      fulfilled.known,
      { organizationId, people: textAt(inputs, "people") ?? "" },
      complete,
    );
    if (complete) return state;
    throw new PartlyDone(organizationId, state, this.#reasons(fulfilled, inputs));
  }

  /** Takes away what the roster gave. */
  async end({ urn, id, oldInputs, state }: DeleteRequest): Promise<void> {
    const known = readKnown(state, oldInputs);
    const there = (await unlessGone(this.#session.peopleOf(id)))?.items;
    if (there !== undefined) {
      const fulfilled = await this.#fulfil(urn, id, {
        known,
        // What runs that were cut short have left the baseline takes away when it is deleted: it has the last record.
        record: NO_RECORD,
        fresh: false,
        declared: NOBODY,
        mode: "additive",
        there,
      });
      // A delete cannot be stored half done: the next one looks again.
      if (!fulfilled.complete) throw new Error(this.#reasons(fulfilled, oldInputs).join("\n"));
    }
    this.#session.deleted(id, known.settled);
  }

  async #fulfil(urn: string, organizationId: string, task: Task): Promise<Fulfilled> {
    const { engine, now } = this.#session;
    const progress = new Progress(engine, urn, now);
    try {
      return await fulfil(task, {
        organization: this.#session.organization(organizationId),
        now,
        atOnce: AT_ONCE,
        onProgress: (made, all) => {
          progress.at(made, all);
        },
      });
    } finally {
      this.#session.forgetPeople();
    }
  }

  async #there(organizationId: string, inputs: PlainProperties): Promise<Items> {
    const names = modeOf(inputs) === "authoritative";
    return (await this.#session.peopleOf(organizationId, { names })).items;
  }

  readonly #name = (user: string): string => this.#session.nameOf(user);

  #reasons(fulfilled: Fulfilled, inputs: PlainProperties): [string, ...string[]] {
    return reasonsOf(fulfilled, (user) => this.#session.placeOf(user), roleNames([inputs]));
  }
}
