/** `roster:index:OrganizationRoster`: the people of an Auth0 organization and their roles in it. */
import { UNKNOWN_YET } from "../../core/known.ts";
import type { Resource } from "../resource.ts";
import type { Session } from "../session.ts";
import { diffRoster } from "./diff.ts";
import { checkRoster, isUndecided, organizationOf } from "./inputs.ts";
import { readRoster } from "./read.ts";
import { Runs } from "./run.ts";
import { readKnown } from "./state.ts";

export function rosterResource(session: Session): Resource {
  const runs = new Runs(session);
  /** Resources that were read and not checked since: the engine then compares what it found, not what it will do. */
  const justRead = new Set<string>();

  return {
    check(request) {
      justRead.delete(request.urn);
      return checkRoster(session, request);
    },

    async diff(request) {
      const { urn, inputs, state, oldInputs } = request;
      if (justRead.has(urn)) return diffRoster(request, "back");
      const diff = diffRoster(request, "forth");
      const updates = diff.changes.length > 0 && !diff.changes.some(({ replace }) => replace);
      if (updates && !isUndecided(inputs)) await runs.announce(urn, inputs, readKnown(state, oldInputs));
      return diff;
    },

    async create({ urn, inputs, preview }) {
      if (preview) {
        if (!isUndecided(inputs)) await runs.announce(urn, inputs, UNKNOWN_YET);
        return { id: "", state: { organizationId: inputs.organizationId } };
      }
      return { id: organizationOf(inputs) ?? "", state: await runs.bring(urn, inputs, UNKNOWN_YET) };
    },

    async update({ urn, inputs, oldInputs, state, preview }) {
      if (preview) return { state: { organizationId: inputs.organizationId } };
      return { state: await runs.bring(urn, inputs, readKnown(state, oldInputs)) };
    },

    read(request) {
      justRead.add(request.urn);
      return readRoster(session, request);
    },

    delete: (request) => runs.end(request),
  };
}
