/**
 * `roster:index:Baseline`: notes who of the declared people is there before the roster changes anything. It changes
 * nothing itself, but for its end: then it takes away what a run that was cut short had left.
 */
import { UNKNOWN } from "@ai-api-access/provider-kit";
import type { PlainProperties, Properties } from "@ai-api-access/provider-kit";
import { headOf, nextBaseline, readBaseline, writeBaseline } from "../core/baseline.ts";
import type { Baseline } from "../core/baseline.ts";
import { AT_ONCE, fulfil, NOBODY } from "../core/fulfil.ts";
import { membersOf, minus } from "../core/items.ts";
import type { Items } from "../core/items.ts";
import { UNKNOWN_YET } from "../core/known.ts";
import { unlessGone } from "../core/organization.ts";
import { packed, readItems, unpacked, writeItems } from "../core/text.ts";
import type { Memory } from "../declaration/declaration.ts";
import { checkArguments, rolesInput } from "./arguments.ts";
import { byRoleId, counted, declaredOf, digestOf, peopleLine, roleIdsOf } from "./people.ts";
import type { Resource } from "./resource.ts";
import { inWords } from "./roster/diff.ts";
import type { Session } from "./session.ts";
import { textAt, textsAt } from "./values.ts";

/** The people and what was looked up to find them, packed. */
const DECLARED = "__declared";
/** The output that the roster takes as its `baseline`. */
const RECORD = "record";
/** Ids of roles that the program does not declare, by the names that the file has for them. */
const LOOKED_UP = "__rolesFound";

export function baselineResource(session: Session): Resource {
  async function recorded(
    inputs: PlainProperties,
    last?: { inputs: PlainProperties; state: PlainProperties },
  ) {
    const organizationId = textAt(inputs, "organizationId") ?? "";
    const { items: there } = await session.peopleOf(organizationId, {
      names: inputs.mode === "authoritative",
    });
    const declared = declaredOf(peopleIn(inputs).items, roleIdsOf(inputs));
    const before = last && { record: recordOf(last.state, last.inputs), declared: byId(last.inputs) };
    const text = writeBaseline(nextBaseline(before, declared, there, session.now()), declared.items);
    session.recorded(text);
    return { id: organizationId, state: { organizationId, people: inputs.people, [RECORD]: text } };
  }

  return {
    async check({ inputs, oldInputs }) {
      const checked = await checkArguments(session, inputs, memoryOf(oldInputs));
      if (checked.kind === "wrong") return { inputs, failures: checked.failures };
      const { organizationId = UNKNOWN, mode = "additive" } = inputs;
      if (checked.kind === "unknown") return { inputs: { organizationId, mode, [DECLARED]: UNKNOWN } };
      const { people, roles, declaration } = checked.found;
      const text = writeItems(people, declaration.emails);
      const looked = Object.fromEntries(declaration.roles);
      return {
        inputs: {
          organizationId,
          mode,
          people: peopleLine(people.size, digestOf(text)),
          roles: rolesInput(roles),
          [DECLARED]: packed(text),
          ...(declaration.roles.size > 0 && { [LOOKED_UP]: looked }),
        },
      };
    },

    diff({ state, oldInputs, inputs }) {
      if (oldInputs.organizationId !== inputs.organizationId) {
        return Promise.resolve({ changes: [{ path: "organizationId", kind: "update", replace: true }] });
      }
      if (textAt(inputs, DECLARED) === undefined) {
        return Promise.resolve({ changes: [{ path: "people", kind: "update" }] });
      }
      const { digest } = headOf(textAt(state, RECORD) ?? "{}");
      const declared = declaredOf(peopleIn(inputs).items, roleIdsOf(inputs));
      if (digest === declared.digest) return Promise.resolve({ changes: [] });
      const joining = membersOf(minus(declared.items, byId(oldInputs))).length;
      const summary =
        joining === 0 ? "notes the change" : `notes which of ${counted(joining)} are there already`;
      return Promise.resolve(inWords(summary));
    },

    async create({ inputs, preview }) {
      return preview ? { id: "", state: planned(inputs) } : recorded(inputs);
    },

    async update({ inputs, state, oldInputs, preview }) {
      return preview ? { state: planned(inputs) } : recorded(inputs, { inputs: oldInputs, state });
    },

    read({ id, known }) {
      // The record is about a moment that has passed: there is nothing to look up.
      return Promise.resolve(known && { id, ...known });
    },

    async delete({ id, state, oldInputs }) {
      const record = recordOf(state, oldInputs);
      const settled = session.deletedUpTo(id);
      if (settled !== undefined && settled >= record.version) return;
      const organization = session.organization(id);
      const there = (await unlessGone(session.peopleOf(id)))?.items;
      if (there === undefined) return;
      const { complete, refusals, halted } = await fulfil(
        {
          known: { ...UNKNOWN_YET, settled: Math.max(settled ?? 0, record.version - 2) },
          record,
          fresh: false,
          declared: NOBODY,
          mode: "additive",
          there,
        },
        { organization, now: session.now, atOnce: AT_ONCE },
      );
      session.forgetPeople();
      if (!complete)
        throw new Error([...refusals.map(({ user, reason }) => `${user}: ${reason}`), halted].join("\n"));
    },
  };
}

function planned(inputs: PlainProperties): Properties {
  return { organizationId: inputs.organizationId, [RECORD]: UNKNOWN };
}

function recordOf(state: PlainProperties, inputs: PlainProperties): Baseline {
  return readBaseline(textAt(state, RECORD) ?? "{}", byId(inputs));
}

function peopleIn(inputs: PlainProperties) {
  const text = textAt(inputs, DECLARED);
  return readItems(text === undefined ? "[]" : unpacked(text));
}

function byId(inputs: PlainProperties): Items {
  return byRoleId(peopleIn(inputs).items, roleIdsOf(inputs));
}

/** What an earlier run has looked up. */
function memoryOf(oldInputs: PlainProperties): Memory {
  const roles = [...textsAt(oldInputs, LOOKED_UP)].flatMap(([name, id]): [string, string][] =>
    id === undefined ? [] : [[name, id]],
  );
  return { emails: peopleIn(oldInputs).emails, roles: new Map(roles) };
}
